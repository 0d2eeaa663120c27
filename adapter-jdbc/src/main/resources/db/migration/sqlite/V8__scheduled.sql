-- Messages that live agents planned for a later time. send_at is set only while a message waits for its time.
-- autoincrement: an id is the key under which the message is sent once, so it is never given again.
create table scheduled_message (
  id integer primary key autoincrement,
  customer_id bigint not null,
  send_at bigint,
  data text not null
);
create index scheduled_message_due on scheduled_message (send_at) where send_at is not null;
create index scheduled_message_customer on scheduled_message (customer_id);
