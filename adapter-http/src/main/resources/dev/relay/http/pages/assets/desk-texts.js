/**
 * The desk's words in all languages, for a page that has few of them.
 * @module desk-texts
 */

import { withCommon } from "./common-texts.js";
import { DESK_TEXTS_EN } from "./desk-texts-en.js";
import { DESK_TEXTS_ES } from "./desk-texts-es.js";

/** Words by language and key. */
export const DESK_TEXTS = withCommon({ en: DESK_TEXTS_EN, es: DESK_TEXTS_ES });
