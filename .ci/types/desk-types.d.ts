/** What the desk's page receives from the server, as far as its typed scripts use it; docs/openapi.yaml has all of it. */
export interface Agent {
  username: string;
  displayName: string;
}
export interface Me extends Agent {
  role: "viewer" | "agent" | "supervisor" | "admin";
}
export interface LastMessage {
  id: string;
  author: string;
  name: string;
  text: string;
}
export interface ConversationItem {
  id: string;
  state: "bot" | "waiting" | "live" | "closed";
  channel: string;
  customer: { id: string; displayName: string } | null;
  queue: string;
  desk: string | null;
  priority: string;
  tags: string[];
  caseNumber: string | null;
  agent: Agent | null;
  since: string;
  lastActivityAt: string;
  lastText: string;
  last: LastMessage | null;
  offer: Offer | null;
}
export interface Offer {
  agent: string;
  until: string;
}
export interface Offered extends ConversationItem {
  offer: Offer;
}
export interface TeamMember extends Agent {
  status: "online" | "away" | "offline";
  load: number;
  capacity: number;
  queues: string[];
}
export interface SavedView {
  id: string;
  shared: boolean;
  name: string;
  filters: Record<string, string>;
}
/** The parts of the desk's store that its typed views use. */
export interface Store extends EventTarget {
  readonly api: import("./api.js").Api;
  readonly me: Me;
  readonly isSupervisor: boolean;
  /** The agent's own settings. */
  readonly settings: { undo: boolean };
  readonly tab: string;
  readonly selected: string | null;
  readonly seen: import("./desk-seen.js").Seen;
  list(tab: string): import("./desk-store.js").Kept[];
  takeConversation(item: ConversationItem): void;
  follow(kinds: string[], changed: () => void): () => void;
}
export interface Customer {
  id: string;
  displayName: string;
  locale: string;
  firstSeenAt?: string | null;
  roles?: string[];
  blocked: boolean;
  blockReason: string | null;
  blockedUntil: string | null;
}
export interface CaseChange {
  field: string;
  before: string | null;
  after: string | null;
  actor: string;
  at: string;
}
export interface SupportCase {
  number: string;
  version: number;
  kind: string;
  status: string;
  priority: string;
  subject: string;
  description: string;
  tags: string[];
  queue: string;
  assignee: Agent | null;
  customer: Customer | null;
  createdAt: string;
  snoozedUntil: string | null;
  merge: { into: string; by: string; reason: string } | null;
  fields: Record<string, string>;
  conversations: string[];
  followUpOf: string | null;
  nextStatuses: string[];
  notes: { author: string; at: string; text: string }[];
  history: CaseChange[];
}
export interface EarlierConversation {
  id: string;
  state: string;
  since: string;
  lastText: string;
}
export interface CaseSummary {
  number: string;
  subject: string;
  status: string;
}
/** Why a delivery failed. */
export interface FailureReason {
  code: string;
  arguments: Record<string, string>;
  cause?: FailureReason;
}
/** What was said or happened in a conversation. */
export interface Entry {
  id: string;
  kind: string;
  author: "customer" | "virtual_agent" | "agent" | "system";
  name: string;
  at: string;
  text: string;
  edited: boolean;
  deleted: boolean;
  delivery: string;
  notice?: string | null;
  comment?: string | null;
  reason?: { code: string; arguments: Record<string, string> };
  failureReason?: FailureReason;
  target?: string | null;
  attachments: import("./files.js").Attachment[];
  articles: import("./message-view.js").ShownArticle[];
}
/** A conversation with its transcript, as far as it was read. */
export interface ConversationDetail extends ConversationItem {
  customer: Customer;
  transcript: Entry[];
  /** The id before which earlier entries can be read; null if all were read. */
  previous: string | null;
  colleagues: Agent[];
  closeProposedAt: string | null;
  lanes: { state: string; lastError: string | null }[];
  earlierConversations: EarlierConversation[];
  earlierCases: CaseSummary[];
  case: SupportCase | null;
}
