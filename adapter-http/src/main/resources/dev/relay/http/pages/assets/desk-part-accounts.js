/**
 * The page of accounts and queues: loaded when it is first shown; see desk-later.js.
 * @module desk-part-accounts
 */

import { Accounts } from "./desk-accounts.js";
import { TEXTS } from "./desk-accounts-texts.js";

export { Accounts, TEXTS };
