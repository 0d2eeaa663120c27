-- The customer who stands for one who was merged; null for everybody else.
alter table customer add column head bigint;
create index customer_head on customer (head) where head is not null;
