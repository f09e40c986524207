-- What is said of a version as a whole. Append-only, as its texts are: what was published never changes; a new text is a new version.
create table consent_version (
  version integer primary key check (version >= 1),
  published_at timestamp with time zone not null,
  -- From when on employees are shown it.
  effective_from timestamp with time zone not null,
  -- Until when who agreed to an earlier version has to agree to this one; then their backups pause. Empty: nobody is asked.
  reconsent_by timestamp with time zone,
  published_by_issuer varchar(255) not null,
  published_by_subject varchar(255) not null
);
insert into consent_version (version, published_at, effective_from, published_by_issuer, published_by_subject)
select distinct version, timestamp with time zone '2026-01-01 00:00:00+00:00', timestamp with time zone '2026-01-01 00:00:00+00:00', 'system', 'release' from consent_text;
alter table consent_text add constraint consent_text_version foreign key (version) references consent_version (version);

-- The one row that is worked on until it is published; empty texts are still to be written. Who publishes or edits holds it.
create table consent_draft (
  draft_id integer primary key check (draft_id = 1),
  -- Rises with every change, so that nobody overwrites or publishes what they have not seen.
  revision bigint not null,
  title_en varchar(200) not null,
  body_en varchar(8000) not null,
  title_ja varchar(200) not null,
  body_ja varchar(8000) not null,
  changed_at timestamp with time zone,
  changed_by_subject varchar(255)
);
insert into consent_draft (draft_id, revision, title_en, body_en, title_ja, body_ja) values (1, 0, '', '', '', '');

grant select, insert on consent_version to ${appUser};
grant insert on consent_text to ${appUser};
grant select, update on consent_draft to ${appUser};
