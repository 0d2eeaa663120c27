-- The words of customers, messages and cases, for the search of the desk. Relay writes them in the background: messages in the
-- order of their ids, from search_progress on; what changes in place is noted in search_due. The words are folded already.
-- source: the entry with the message's present text, which is the last edit or the message itself.
create virtual table message_words using fts5(words, source unindexed, tokenize = 'ascii', prefix = '2 3', detail = 'none');
create virtual table customer_words using fts5(words, tokenize = 'ascii', detail = 'none');
create virtual table case_words using fts5(words, tokenize = 'ascii', detail = 'none');
-- What is removed leaves the pages of the index at once and not only some day.
insert into message_words (message_words, rank) values ('secure-delete', 1);
insert into customer_words (customer_words, rank) values ('secure-delete', 1);
insert into case_words (case_words, rank) values ('secure-delete', 1);

create table search_progress (
  id integer primary key check (id = 1),
  entry_id bigint not null
);
insert into search_progress (id, entry_id) values (1, 0);
create table search_due (
  subject text not null,
  id bigint not null,
  primary key (subject, id)
) without rowid;
insert into search_due (subject, id) select 'CUSTOMERS', id from customer;
insert into search_due (subject, id) select 'CASES', number from support_case;

-- Not "insert or ignore": within a trigger the statement that fires it decides on conflicts.
create trigger customer_words_added after insert on customer begin
  insert into search_due (subject, id) select 'CUSTOMERS', new.id
    where not exists (select 1 from search_due where subject = 'CUSTOMERS' and id = new.id);
end;
create trigger customer_words_changed after update of external_id, data on customer
  when old.data <> new.data or old.external_id <> new.external_id begin
  insert into search_due (subject, id) select 'CUSTOMERS', new.id
    where not exists (select 1 from search_due where subject = 'CUSTOMERS' and id = new.id);
end;
create trigger customer_words_removed after delete on customer begin
  delete from customer_words where rowid = old.id;
end;
create trigger case_words_added after insert on support_case begin
  insert into search_due (subject, id) select 'CASES', new.number
    where not exists (select 1 from search_due where subject = 'CASES' and id = new.number);
end;
create trigger case_words_changed after update of searchable on support_case when old.searchable <> new.searchable begin
  insert into search_due (subject, id) select 'CASES', new.number
    where not exists (select 1 from search_due where subject = 'CASES' and id = new.number);
end;
create trigger case_words_removed after delete on support_case begin
  delete from case_words where rowid = old.number;
end;
create trigger note_words_added after insert on case_note begin
  insert into search_due (subject, id) select 'CASES', new.number
    where not exists (select 1 from search_due where subject = 'CASES' and id = new.number);
end;
-- A removed note's words must not wait for the background.
create trigger note_words_changed after update of number, text on case_note begin
  delete from case_words where rowid in (old.number, new.number);
  insert into search_due (subject, id) select 'CASES', old.number
    where not exists (select 1 from search_due where subject = 'CASES' and id = old.number);
  insert into search_due (subject, id) select 'CASES', new.number
    where not exists (select 1 from search_due where subject = 'CASES' and id = new.number);
end;
create trigger note_words_removed after delete on case_note begin
  delete from case_words where rowid = old.number;
  insert into search_due (subject, id) select 'CASES', old.number
    where not exists (select 1 from search_due where subject = 'CASES' and id = old.number);
end;
-- SQLite gives the ids of removed last rows again, so the background must not be ahead of them.
create trigger message_words_removed after delete on message begin
  delete from message_words where rowid = old.id;
  update search_progress set entry_id = (select coalesce(max(id), 0) from message)
    where entry_id > (select coalesce(max(id), 0) from message);
end;
