-- Which lanes wait because of an outage of their port: its end makes them due, and no others.
alter table lane add column put_off smallint not null default 0;
