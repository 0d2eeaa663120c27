/**
 * The page of cases and the panel of one case: loaded when a case is first shown; see desk-later.js.
 * @module desk-part-cases
 */

import { CasePanel } from "./desk-case.js";
import { TEXTS } from "./desk-cases-texts.js";
import { DeskCases } from "./desk-cases.js";

export { CasePanel, DeskCases, TEXTS };
