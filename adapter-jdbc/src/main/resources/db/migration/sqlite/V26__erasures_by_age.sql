-- The time before which conversations of all customers were erased; null for the erasure of customers.
alter table erasure add column erased_before bigint;
