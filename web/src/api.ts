/**
 * The local API, as `crates/api` defines it: what this page and the agent say to each other over `/api/ws`.
 *
 * Names and shapes follow the Rust types one to one. Times are milliseconds since 1970 by this device's clock.
 */

export type Call = { id: number } & Request;

export type Request =
  | { method: "contacts" }
  | { method: "contact"; params: { contact: string | null } }
  | { method: "invite"; params: { name: string; again: boolean } }
  | { method: "invitation"; params: { contact: string | null } }
  | { method: "accept"; params: { code: string; name: string | null; wait_ms: number | null } }
  | { method: "accept_cancel"; params: { code: string } }
  | {
      method: "send";
      params: { contact: string | null; text: string; wait: State | null; timeout_ms: number | null };
    }
  | { method: "log"; params: { contact: string | null; limit: number | null; before: string | null } }
  | { method: "delete"; params: { contact: string | null; event: string } }
  | { method: "seen"; params: { contact: string | null; event: string } }
  | { method: "verify"; params: { contact: string | null; verified: boolean } }
  | { method: "rename"; params: { contact: string | null; name: string } }
  | { method: "remove"; params: { contact: string | null } }
  | { method: "status" }
  | { method: "stop" }
  | { method: "seed_show" }
  | { method: "seed_confirm"; params: { words: string } }
  | { method: "open"; params: { contact: string | null } }
  | { method: "watch"; params: { contact: string | null } };

export type Reply = { id: number; ok: unknown } | { id: number; error: Error } | { push: Push };

export type Push = { seq: number } & Change;

export type Change =
  | { contact: Contact }
  | { contact_removed: string }
  | { message: { contact: string; message: Message } }
  | { status: Status };

export type Contact = {
  contact: string;
  name: string;
  state: ContactState;
  stage: Stage;
  note: Note | null;
  app_url: string;
  verified: boolean;
  online: boolean;
  path: Path;
  safety_number: string | null;
  side: Side;
  mark: string;
  unread: number;
  waiting: number;
  last: Message | null;
  path_since: number | null;
  created_at: number;
};

export type Note = { id: string; count: number | null };

export type ContactState = "inviting" | "connecting" | "connected" | "failed";

export type Stage = "generating" | "keys" | "connection" | "secure";

export type Path = "direct" | "relayed" | "none";

export type Side = "inviter" | "answerer";

export type Message = {
  event: string;
  mine: boolean;
  from: string;
  kind: Kind;
  text: string;
  state: State | null;
  sent_at: number;
  edited: boolean;
  late: boolean;
};

export type Kind = "text" | "deleted" | "unknown";

export type State = "waiting" | "sent" | "delivered" | "seen";

export type Invitation = {
  contact: string;
  code: string;
  link: string;
  expires_at: number;
  link_expires_at: number;
  failures: number;
  tries_left: number;
  qr_svg: string;
};

export type Accepted = { contact: string; state: ContactState };

export type Sent = { event: string; state: State };

export type Seed = { words: string[] | null; confirmed: boolean };

export type Open = { url: string };

export type Watching = { seq: number; scope: string | null };

export type Status = {
  version: string;
  home: string;
  home_url: string;
  port: number;
  udp_port: number;
  name: string | null;
  contacts: number;
  online: number;
  direct: number;
  waiting: number;
  stored_bytes: number;
  key_in_file: boolean;
  seed_confirmed: boolean;
  reach: string;
};

export type Error = { kind: ErrorKind; message: string; hint: string };

export type ErrorKind =
  | "bad_request"
  | "not_found"
  | "ambiguous"
  | "exists"
  | "bad_input"
  | "too_large"
  | "wrong_code"
  | "dead_code"
  | "unanswered"
  | "timed_out"
  | "wrong_state"
  | "not_running"
  | "already_running"
  | "wrong_passphrase"
  | "bad_home"
  | "bad_config"
  | "storage"
  | "network"
  | "forbidden"
  | "internal";
