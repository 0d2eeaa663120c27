/**
 * Settings, dead letters and the search for articles: loaded when one of them is first used; see desk-later.js.
 * @module desk-part-office
 */

import { ArticleSearch } from "./desk-articles.js";
import { TEXTS } from "./desk-office-texts.js";
import { ReplySettings } from "./desk-reply-settings.js";
import { DeskSettings } from "./desk-settings.js";
import { DeskUndelivered } from "./desk-undelivered.js";

export { ArticleSearch, DeskSettings, DeskUndelivered, ReplySettings, TEXTS };
