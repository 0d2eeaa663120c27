-- Cases by assignee and by kind.
create index support_case_assignee on support_case (assignee_id, number) where assignee_id is not null;
create index support_case_kind on support_case (kind, number);

-- The texts of cases by every three characters in a row: finds the cases that may contain a text. Holds no copy of the texts.
create virtual table case_search using fts5(searchable, content = '', contentless_delete = 1, tokenize = 'trigram');
insert into case_search (rowid, searchable) select number, searchable from support_case;
create trigger support_case_added after insert on support_case begin
  insert into case_search (rowid, searchable) values (new.number, new.searchable);
end;
create trigger support_case_changed after update of searchable on support_case when old.searchable <> new.searchable begin
  update case_search set searchable = new.searchable where rowid = new.number;
end;
create trigger support_case_removed after delete on support_case begin
  delete from case_search where rowid = old.number;
end;

-- Which messages have which file.
create table message_attachment (
  attachment_id text not null,
  entry_id bigint not null,
  primary key (attachment_id, entry_id)
) without rowid;
insert or ignore into message_attachment (attachment_id, entry_id)
  select case when file.type = 'object' then json_extract(file.value, '$.id') end, m.id
  from message m, json_each(case when json_valid(m.body) then m.body else '{}' end, '$.attachments') file
  where m.kind = 'said' and case when file.type = 'object' then json_extract(file.value, '$.id') end is not null;

-- Which messages were deleted.
create index message_deleted on message (case when json_valid(body) then json_extract(body, '$.target') end)
  where kind = 'deleted';
