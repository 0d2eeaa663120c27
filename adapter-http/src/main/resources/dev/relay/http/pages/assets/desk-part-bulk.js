/**
 * The bar of bulk actions: loaded when a row is first chosen; see desk-later.js.
 * @module desk-part-bulk
 */

import { BulkBar } from "./desk-bulk.js";
import { TEXTS } from "./desk-bulk-texts.js";

export { BulkBar, TEXTS };
