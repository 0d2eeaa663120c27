-- Who had which customers' data erased, and how much it was; nothing of the data. Ended is null while it is not complete.
create table erasure (
  id integer primary key autoincrement,
  customers text not null,
  actor text not null,
  begun_at bigint not null,
  ended_at bigint,
  counts text not null,
  remains text
);
create index erasure_customers on erasure (customers);
