-- A schema of its own is not visible to every login, unlike "public".
do $$ begin execute format('grant usage on schema %I to ${appUser}', current_schema()); end $$;
