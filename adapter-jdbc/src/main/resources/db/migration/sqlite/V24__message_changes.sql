-- The edits and deletions of a conversation, which a search looks up for what it has found; few messages are changed.
create index message_change on message (conv_id) where kind in ('edited', 'deleted');
