-- Who waits, by the time of waiting.
create index conversation_waiting on conversation (waiting_since, id) where waiting_since is not null;

-- Which files stand in a message; others are removed after some hours. Nobody knows that of the files kept before, so they stay.
alter table attachment add column referenced smallint not null default 0;
update attachment set referenced = 1;
create index attachment_unreferenced on attachment (kept_at) where complete = 1 and referenced = 0;
