-- What every table is for and what every column holds: the page "What IT can and cannot see" is made of these sentences. Each column's
-- begins with its kind. CIPHERTEXT: sealed on a device, nobody here can open it. HASH: one-way. PERSONAL: names or describes a person or
-- their device. PLAIN: numbers, times, states. A new table or column gets its sentence here, and its Japanese in columns_ja.properties.

-- People

comment on table employee is 'The people of the company as the sign-on (Keycloak) knows them.';
comment on column employee.employee_id is 'PLAIN: The employee''s number in this database.';
comment on column employee.issuer is 'PLAIN: Which sign-on service the account belongs to.';
comment on column employee.subject is 'PERSONAL: The number by which the sign-on knows the person. It stays the same when the name changes.';
comment on column employee.username is 'PERSONAL: The user name, copied from the sign-on. No password: that stays at the sign-on.';
comment on column employee.display_name is 'PERSONAL: The name, copied from the sign-on.';
comment on column employee.email is 'PERSONAL: The mail address, copied from the sign-on.';
comment on column employee.state is 'PLAIN: Whether the account at the sign-on is enabled, disabled or gone.';
comment on column employee.first_seen_at is 'PLAIN: When the portal first learned of the account.';
comment on column employee.synced_at is 'PLAIN: When the row was last compared with the sign-on.';
comment on column employee.left_at is 'PLAIN: Since when the account has been disabled or gone.';

comment on table employee_group is 'Which groups of the sign-on, such as departments, an employee is in.';
comment on column employee_group.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column employee_group.group_path is 'PERSONAL: The group, such as a department.';

comment on table group_move is 'Who joined or left which group, and when. It is kept because policies follow groups.';
comment on column group_move.move_id is 'PLAIN: Number of the row.';
comment on column group_move.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column group_move.group_path is 'PERSONAL: The group that was joined or left.';
comment on column group_move.joined is 'PLAIN: Whether the employee joined or left it.';
comment on column group_move.moved_at is 'PLAIN: When the portal learned of it.';

comment on table employee_summary is 'One line per employee for the lists that IT looks at: copies of what other tables hold.';
comment on column employee_summary.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column employee_summary.name_key is 'PERSONAL: The name in small letters, for sorting.';
comment on column employee_summary.search_text is 'PERSONAL: Name, user name and mail address in small letters, for searching.';
comment on column employee_summary.standing is 'PLAIN: Whether the employee never took part, withdrew, has begun or takes part.';
comment on column employee_summary.device_count is 'PLAIN: How many devices the employee has in use.';
comment on column employee_summary.last_run_at is 'PLAIN: When a device last reported a backup or restore.';
comment on column employee_summary.last_run_result is 'PLAIN: How that ended.';
comment on column employee_summary.last_backup_at is 'PLAIN: When the last backup was completed.';
comment on column employee_summary.stored_bytes is 'PLAIN: How many bytes of ciphertext are stored.';

comment on table directory_state is 'How and when the portal last read the people of the sign-on.';
comment on column directory_state.state_id is 'PLAIN: Always 1: the table has one row.';
comment on column directory_state.holder is 'PLAIN: Which portal process is at work now, by a random number.';
comment on column directory_state.held_until is 'PLAIN: Until when that process may go on without saying so again.';
comment on column directory_state.position_at is 'PLAIN: Up to when changes at the sign-on have been applied here.';
comment on column directory_state.full_at is 'PLAIN: When everybody was last read.';
comment on column directory_state.incremental_at is 'PLAIN: When only the changes were last read.';
comment on column directory_state.success_at is 'PLAIN: When reading last went well.';
comment on column directory_state.failed_at is 'PLAIN: When reading last failed.';
comment on column directory_state.failure is 'PLAIN: Why it failed.';
comment on column directory_state.last_kind is 'PLAIN: Whether the last good reading was of everybody or of changes only.';
comment on column directory_state.full_because is 'PLAIN: Why everybody was read.';
comment on column directory_state.seen_count is 'PLAIN: How many accounts were read.';
comment on column directory_state.added_count is 'PLAIN: How many of them were new.';
comment on column directory_state.changed_count is 'PLAIN: How many of them had changed.';
comment on column directory_state.left_count is 'PLAIN: How many were found to have left.';

comment on table mass_leave is 'Cases where unusually many people seemed to have left at once; an administrator decides before anything happens.';
comment on column mass_leave.finding_id is 'PLAIN: Number of the row.';
comment on column mass_leave.issuer is 'PLAIN: Which sign-on service was read.';
comment on column mass_leave.found_at is 'PLAIN: When it was found.';
comment on column mass_leave.open_of is 'PLAIN: 1 while nobody has decided, so that there is at most one such case.';
comment on column mass_leave.state is 'PLAIN: Whether it waits, was confirmed, dismissed or replaced by a newer one.';
comment on column mass_leave.leaver_count is 'PLAIN: How many people seemed to have left.';
comment on column mass_leave.enabled_count is 'PLAIN: How many people had an enabled account before.';
comment on column mass_leave.decided_at is 'PLAIN: When an administrator decided.';
comment on column mass_leave.decided_by_issuer is 'PLAIN: Which sign-on service the account of who decided belongs to.';
comment on column mass_leave.decided_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who decided.';

comment on table mass_leaver is 'The people of such a case.';
comment on column mass_leaver.finding_id is 'PLAIN: Which case.';
comment on column mass_leaver.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column mass_leaver.state is 'PLAIN: Whether the account was disabled or gone.';
comment on column mass_leaver.marked is 'PLAIN: Whether the person has been marked as having left, after the administrator agreed.';

comment on table leaver is 'What happens to the backup of somebody who left: how long it is kept, and when it is erased.';
comment on column leaver.leaver_id is 'PLAIN: Number of the row.';
comment on column leaver.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column leaver.current_of is 'PLAIN: The employee''s number once more while the row is in force, so that there is at most one.';
comment on column leaver.state is 'PLAIN: Whether the data is kept, being deleted or deleted, or the person came back.';
comment on column leaver.found_at is 'PLAIN: When it was noticed that the account is gone.';
comment on column leaver.ended_at is 'PLAIN: When it ended.';
comment on column leaver.kept_from is 'PLAIN: When keeping began.';
comment on column leaver.due_kept is 'PLAIN: Until when the data is kept.';
comment on column leaver.looked_kept is 'PLAIN: When the policy was last looked at for it.';
comment on column leaver.erasure_id is 'PLAIN: Which erasure destroys the data, once one has begun.';

comment on table change_day is 'How much backups of a device differed on each of its last 90 days; only of employees who agreed to tell it.';
comment on column change_day.change_day_id is 'PLAIN: Number of the row.';
comment on column change_day.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column change_day.device_id is 'PLAIN: Which device, by a random number.';
comment on column change_day.noted_on is 'PLAIN: Which day, in UTC.';
comment on column change_day.weight is 'PLAIN: About how many tenths of a percent of the files look encrypted on that day.';
comment on column change_day.settled is 'PLAIN: The same of what an administrator said was meant.';
comment on column change_day.good_until is 'PLAIN: Before when nothing of that can have been stored; empty when there is nothing.';
comment on column change_day.reported_at is 'PLAIN: When the first backup that counts was reported; empty when there is none.';
comment on column change_day.departure is 'PLAIN: Whether this departs from what the device usually does, as the portal judged it; empty for what is usual.';
comment on column change_day.departed_at is 'PLAIN: When it first did so on that day.';

comment on table change_alarm is 'Alarms: files of a device may have been changed by malware. While one stands, and rests, nothing of the employee''s backup goes.';
comment on column change_alarm.alarm_id is 'PLAIN: Number of the row.';
comment on column change_alarm.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column change_alarm.device_id is 'PLAIN: Which device, by a random number.';
comment on column change_alarm.current_of is 'PLAIN: The device''s number once more while the alarm stands, so that there is at most one.';
comment on column change_alarm.of_many is 'PLAIN: Whether it took devices of many people that departed from their history at once.';
comment on column change_alarm.raised_at is 'PLAIN: When it was raised.';
comment on column change_alarm.suspected_since is 'PLAIN: When the first backup that departs was reported.';
comment on column change_alarm.good_snapshot_id is 'PLAIN: The last snapshot before that, by a number made of its hash; empty when there was none.';
comment on column change_alarm.good_snapshot_at is 'PLAIN: When that snapshot was made.';
comment on column change_alarm.ended_at is 'PLAIN: When the alarm was ended.';
comment on column change_alarm.ended_by_issuer is 'PLAIN: Which sign-on service the account of who ended it belongs to.';
comment on column change_alarm.ended_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who ended it.';
comment on column change_alarm.harmless is 'PLAIN: Whether the administrator said that the changes were meant.';
comment on column change_alarm.rest_until_kept is 'PLAIN: Until when nothing goes after the end, by the clock that hold periods run by.';
comment on table legal_hold is 'Legal holds: while one stands nothing of the employee''s backup is erased. It opens nothing.';
comment on column legal_hold.hold_id is 'PLAIN: Number of the row.';
comment on column legal_hold.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column legal_hold.current_of is 'PLAIN: The employee''s number once more while the row is in force, so that there is at most one.';
comment on column legal_hold.reason is 'PERSONAL: Why the hold was set, in the words of who set it.';
comment on column legal_hold.set_at is 'PLAIN: When it was set.';
comment on column legal_hold.set_by_issuer is 'PLAIN: Which sign-on service the account of who set it belongs to.';
comment on column legal_hold.set_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who set it.';
comment on column legal_hold.lifted_at is 'PLAIN: When it was lifted.';
comment on column legal_hold.lifted_by_issuer is 'PLAIN: Which sign-on service the account of who lifted it belongs to.';
comment on column legal_hold.lifted_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who lifted it.';

-- The audit trail

comment on table audit_event is 'The audit trail: who did what in the portal, and when. The portal itself can neither change nor remove a row.';
comment on column audit_event.event_id is 'PLAIN: Number of the row.';
comment on column audit_event.happened_at is 'PLAIN: When it happened.';
comment on column audit_event.actor_issuer is 'PLAIN: Which sign-on service the account of who did it belongs to.';
comment on column audit_event.actor_subject is 'PERSONAL: The number by which the sign-on knows who did it.';
comment on column audit_event.action is 'PLAIN: What was done, such as revoking a device.';
comment on column audit_event.object is 'PLAIN: To what it was done, such as the number of a device.';
comment on column audit_event.detail is 'PLAIN: Further facts. Never a password, a key, the name of a file or of a person.';
comment on column audit_event.employee_id is 'PLAIN: Whom it concerns, by the employee''s number.';
comment on column audit_event.personal_hash is 'HASH: One-way value of the names at that time, salted, so that the names themselves can be erased.';

comment on table audit_link is 'The place of each event in the chain that shows whether anybody changed the trail.';
comment on column audit_link.seq is 'PLAIN: The event''s place in the chain.';
comment on column audit_link.event_id is 'PLAIN: Which event.';
comment on column audit_link.hash is 'HASH: One-way value of this event and all before it.';
comment on column audit_link.linked_at is 'PLAIN: When the event got its place.';

comment on table audit_personal is 'What people were called when an event happened. It may be erased without breaking the chain.';
comment on column audit_personal.event_id is 'PLAIN: Which event.';
comment on column audit_personal.salt is 'PLAIN: A random number that keeps names from being guessed from their one-way value. It opens nothing.';
comment on column audit_personal.content is 'PERSONAL: Name and user name of who acted.';

comment on table audit_unlinked is 'Events that wait for their place in the chain, usually for seconds.';
comment on column audit_unlinked.event_id is 'PLAIN: Which event.';
comment on column audit_unlinked.happened_at is 'PLAIN: When it happened.';

comment on table audit_seal is 'Ends of the audit trail that the vault has confirmed with its signature.';
comment on column audit_seal.audit_seal_id is 'PLAIN: Number of the row.';
comment on column audit_seal.seq is 'PLAIN: Up to which place of the chain.';
comment on column audit_seal.hash is 'HASH: One-way value of the trail up to there.';
comment on column audit_seal.export_hash is 'HASH: One-way value of the exported file, if it was an export.';
comment on column audit_seal.sealed_at is 'PLAIN: When the vault signed.';
comment on column audit_seal.receipt is 'PLAIN: The vault''s signed receipt: a place, one-way values and a time. No key, no part of one.';

comment on table audit_head is 'Where the chain of the audit trail ends at present.';
comment on column audit_head.head_id is 'PLAIN: Always 1: the table has one row.';
comment on column audit_head.seq is 'PLAIN: The last place in the chain.';
comment on column audit_head.hash is 'HASH: One-way value of the whole trail up to there.';

-- Notices, approvals, programs

comment on table notice is 'Messages to employees and administrators about what happened.';
comment on column notice.notice_id is 'PLAIN: Number of the row.';
comment on column notice.created_at is 'PLAIN: When it was written.';
comment on column notice.employee_id is 'PLAIN: For which employee, by number; empty when it is for the administrators.';
comment on column notice.kind is 'PLAIN: What it is about, such as a new device.';
comment on column notice.detail is 'PERSONAL: Facts for its text, such as the name of a device. Never a password or key.';
comment on column notice.delivered_at is 'PLAIN: When its messages were written; empty while it waits for that.';
comment on column notice.cause is 'PLAIN: What it is told of only once, such as a day without a backup.';
comment on column notice.acknowledged_at is 'PLAIN: When somebody said that they had seen it.';
comment on column notice.acknowledged_by is 'PERSONAL: Who said so, as the sign-in knows them.';

comment on table notice_channel_setting is 'The mail server and the webhook that notices go out by, as administrators entered them.';
comment on column notice_channel_setting.channel is 'PLAIN: By mail or to a system of the company.';
comment on column notice_channel_setting.edition is 'PLAIN: Rises with each change.';
comment on column notice_channel_setting.sealed is 'PLAIN: Address and login, sealed under a key in a file of the portal. The portal opens it to send; who reads only the database learns nothing of it.';
comment on column notice_channel_setting.changed_at is 'PLAIN: When it was last changed.';
comment on column notice_channel_setting.worked_at is 'PLAIN: When a message first went out by it.';

comment on table notice_delivery is 'Messages that are sent because of a notice, by mail or to a system of the company.';
comment on column notice_delivery.delivery_id is 'PLAIN: Number of the row.';
comment on column notice_delivery.notice_id is 'PLAIN: Which notice it tells of.';
comment on column notice_delivery.recipient_id is 'PLAIN: Which entry of the recipients it is sent for.';
comment on column notice_delivery.channel is 'PLAIN: By mail or to a system of the company.';
comment on column notice_delivery.address is 'PERSONAL: The mail address it goes to.';
comment on column notice_delivery.language is 'PLAIN: Language of the message.';
comment on column notice_delivery.digest is 'PLAIN: Whether it is told together with others once a day.';
comment on column notice_delivery.state is 'PLAIN: Whether it waits, was sent or failed.';
comment on column notice_delivery.attempts is 'PLAIN: How often sending was tried.';
comment on column notice_delivery.due_at is 'PLAIN: When it may be sent.';
comment on column notice_delivery.claim is 'PLAIN: Which portal is sending it now.';
comment on column notice_delivery.claimed_until is 'PLAIN: Until when no other portal sends it.';
comment on column notice_delivery.trouble is 'PLAIN: Why the last attempt failed, in one word.';
comment on column notice_delivery.settled_at is 'PLAIN: When it was sent or given up.';

comment on table notice_reader is 'The language in which an employee is written to.';
comment on column notice_reader.employee_id is 'PLAIN: Which employee, by number.';
comment on column notice_reader.language is 'PLAIN: The language that they chose last.';

comment on table notice_reading is 'Up to where administrators and auditors have read the notices. Whoever has not been there for a year is forgotten.';
comment on column notice_reading.issuer is 'PLAIN: Which sign-in service names them.';
comment on column notice_reading.subject is 'PERSONAL: Who reads, as the sign-in knows them.';
comment on column notice_reading.administrator is 'PLAIN: Whether they were an administrator then.';
comment on column notice_reading.signed_in_at is 'PLAIN: On which day they were last there.';
comment on column notice_reading.read_notice_id is 'PLAIN: The last notice that they have seen, by number.';

comment on table notice_recipient is 'Who is written to about what, and when.';
comment on column notice_recipient.recipient_id is 'PLAIN: Number of the row.';
comment on column notice_recipient.edition is 'PLAIN: Rises with each change.';
comment on column notice_recipient.name is 'PERSONAL: What administrators call this entry.';
comment on column notice_recipient.audience is 'PLAIN: Whether it is for a role, a department or the employee concerned.';
comment on column notice_recipient.audience_name is 'PLAIN: Which role or department.';
comment on column notice_recipient.channel is 'PLAIN: By mail or to a system of the company.';
comment on column notice_recipient.addresses is 'PERSONAL: Mail addresses that an administrator entered.';
comment on column notice_recipient.language is 'PLAIN: Language of the messages.';
comment on column notice_recipient.kinds is 'PLAIN: Which notices; empty for all that matter.';
comment on column notice_recipient.time_zone is 'PLAIN: Time zone of the quiet hours.';
comment on column notice_recipient.quiet_from is 'PLAIN: From what time of day nothing is sent.';
comment on column notice_recipient.quiet_until is 'PLAIN: Until what time of day nothing is sent.';
comment on column notice_recipient.digest_at is 'PLAIN: At what time of day all is told together; empty for at once.';
comment on column notice_recipient.muted_until is 'PLAIN: Until when nothing is sent.';

comment on table approval_request is 'Dangerous changes that wait for a second administrator.';
comment on column approval_request.request_id is 'PLAIN: Number of the row.';
comment on column approval_request.kind is 'PLAIN: What kind of change it is.';
comment on column approval_request.change is 'PERSONAL: The exact change, as the second administrator sees it. It may say whom it concerns.';
comment on column approval_request.change_hash is 'HASH: One-way value of the change, so that nothing else is done than was seen.';
comment on column approval_request.subject_employee_id is 'PLAIN: Whom it concerns, by the employee''s number.';
comment on column approval_request.requested_by_issuer is 'PLAIN: Which sign-on service the account of who asked for it belongs to.';
comment on column approval_request.requested_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who asked for it.';
comment on column approval_request.requested_at is 'PLAIN: When it was asked for.';
comment on column approval_request.expires_at is 'PLAIN: When it lapses if nobody decides.';
comment on column approval_request.state is 'PLAIN: Whether it waits, was approved, rejected or withdrawn.';
comment on column approval_request.decided_by_issuer is 'PLAIN: Which sign-on service the account of who decided belongs to.';
comment on column approval_request.decided_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who decided.';
comment on column approval_request.decided_at is 'PLAIN: When it was decided.';

comment on table service_account_use is 'Programs of the company that use the portal, and when they last did.';
comment on column service_account_use.client_id is 'PLAIN: Name of the program at the sign-on.';
comment on column service_account_use.subject is 'PLAIN: Number of the program''s account; it is no person.';
comment on column service_account_use.roles is 'PLAIN: What the program may do.';
comment on column service_account_use.first_used_at is 'PLAIN: When it first asked the portal for anything.';
comment on column service_account_use.last_used_at is 'PLAIN: When it last did.';

comment on table idempotent_request is 'Requests of administrators and programs, for a day, so that a repeat does nothing twice.';
comment on column idempotent_request.request_id is 'HASH: One-way value of the caller and of the mark that the caller put on the request.';
comment on column idempotent_request.actor is 'HASH: One-way value of the caller.';
comment on column idempotent_request.content is 'HASH: One-way value of what was asked, made with a key that is not in the database.';
comment on column idempotent_request.made_at is 'PLAIN: When it was asked.';
comment on column idempotent_request.claim is 'PLAIN: Which portal process works at it, by a random number. It opens nothing.';
comment on column idempotent_request.claimed_until is 'PLAIN: Until when no other process takes over.';
comment on column idempotent_request.status is 'PLAIN: How the request ended, as a number.';
comment on column idempotent_request.headers is 'PLAIN: Technical lines of the answer.';
comment on column idempotent_request.body is 'PERSONAL: The answer, which may name employees and devices as the pages for IT do.';

-- Policies

comment on table policy_scope is 'For whom there are rules: everybody, a group, or one employee.';
comment on column policy_scope.scope is 'PLAIN: Everybody, a group, or an employee by number.';
comment on column policy_scope.version_number is 'PLAIN: The newest version of the rules.';
comment on column policy_scope.group_rank is 'PLAIN: Which group decides when an employee is in several.';

comment on table policy_version is 'What the rules said at any time: folders, limits, times that the company decides for.';
comment on column policy_version.version_id is 'PLAIN: Number of the row.';
comment on column policy_version.scope is 'PLAIN: For whom the rules are.';
comment on column policy_version.version_number is 'PLAIN: Which version, from 1.';
comment on column policy_version.group_rank is 'PLAIN: The rank of the group in this version.';
comment on column policy_version.said is 'PLAIN: The rules themselves, as the company set them; nothing of anybody''s files.';
comment on column policy_version.made_at is 'PLAIN: When the version was made.';
comment on column policy_version.made_by_issuer is 'PLAIN: Which sign-on service the account of who made it belongs to.';
comment on column policy_version.made_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who made it.';
comment on column policy_version.approved_by_issuer is 'PLAIN: Which sign-on service the account of who approved it belongs to.';
comment on column policy_version.approved_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who approved it.';

-- Rollout

comment on table rollout_offer is 'Groups to which the backup is offered.';
comment on column rollout_offer.group_path is 'PLAIN: The group, or a star for everybody.';
comment on column rollout_offer.offered_at is 'PLAIN: When it was offered.';
comment on column rollout_offer.offered_by_issuer is 'PLAIN: Which sign-on service the account of who offered it belongs to.';
comment on column rollout_offer.offered_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who offered it.';

comment on table rollout_campaign is 'Campaigns that offer the backup to people step by step.';
comment on column rollout_campaign.campaign_id is 'PLAIN: Number of the row.';
comment on column rollout_campaign.name is 'PLAIN: What IT called the campaign.';
comment on column rollout_campaign.description is 'PLAIN: What IT wrote about it.';
comment on column rollout_campaign.state is 'PLAIN: Whether it is a draft, running, paused, halted, completed or cancelled.';
comment on column rollout_campaign.edition is 'PLAIN: How often a person changed it.';
comment on column rollout_campaign.created_at is 'PLAIN: When it was made.';
comment on column rollout_campaign.created_by_issuer is 'PLAIN: Which sign-on service the account of who made it belongs to.';
comment on column rollout_campaign.created_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who made it.';
comment on column rollout_campaign.observed_since is 'PLAIN: From when on its limits count what happens.';
comment on column rollout_campaign.gates_read_at is 'PLAIN: When its limits were last looked at.';
comment on column rollout_campaign.halted_by_reading is 'PLAIN: Which reading halted it.';

comment on table rollout_gate is 'Limits above which a campaign halts by itself.';
comment on column rollout_gate.campaign_id is 'PLAIN: Which campaign.';
comment on column rollout_gate.gate is 'PLAIN: What is counted, such as failed first backups.';
comment on column rollout_gate.max_percent is 'PLAIN: How many percent may fail.';
comment on column rollout_gate.min_observed is 'PLAIN: How many cases are needed before it counts.';

comment on table rollout_wave is 'The steps of a campaign.';
comment on column rollout_wave.wave_id is 'PLAIN: Number of the row.';
comment on column rollout_wave.campaign_id is 'PLAIN: Which campaign.';
comment on column rollout_wave.number is 'PLAIN: Which step, from 1.';
comment on column rollout_wave.name is 'PLAIN: What IT called the step.';
comment on column rollout_wave.audience is 'PLAIN: Whether it is for groups, a list of people or a share of everybody.';
comment on column rollout_wave.percent is 'PLAIN: How large that share is.';
comment on column rollout_wave.starts_at is 'PLAIN: Before when it does not begin.';
comment on column rollout_wave.began_at is 'PLAIN: When it began.';
comment on column rollout_wave.soak_days is 'PLAIN: How many days the step before is watched first, once everybody of it was invited.';
comment on column rollout_wave.min_healthy_percent is 'PLAIN: Which share of the people observed in the step before must be backed up in time.';
comment on column rollout_wave.min_observed is 'PLAIN: How many people of the step before must be observed.';
comment on column rollout_wave.invited_at is 'PLAIN: When everybody of it had been invited.';

comment on table rollout_wave_group is 'The groups of such a step.';
comment on column rollout_wave_group.wave_id is 'PLAIN: Which step.';
comment on column rollout_wave_group.group_path is 'PLAIN: The group.';

comment on table rollout_wave_person is 'The people on the list of such a step.';
comment on column rollout_wave_person.wave_id is 'PLAIN: Which step.';
comment on column rollout_wave_person.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';

comment on table rollout_invitation is 'Who was offered the backup by a campaign, and what came of it.';
comment on column rollout_invitation.campaign_id is 'PLAIN: Which campaign.';
comment on column rollout_invitation.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column rollout_invitation.wave_id is 'PLAIN: Which step.';
comment on column rollout_invitation.invited_at is 'PLAIN: When the employee was invited.';
comment on column rollout_invitation.seen_at is 'PLAIN: When a device or the pages first showed the offer.';
comment on column rollout_invitation.opted_in_at is 'PLAIN: When the employee opted in.';
comment on column rollout_invitation.withdrawn_at is 'PLAIN: When the invitation was taken back with the campaign.';

comment on table rollout_gate_reading is 'What the limits of campaigns saw.';
comment on column rollout_gate_reading.reading_id is 'PLAIN: Number of the row.';
comment on column rollout_gate_reading.campaign_id is 'PLAIN: Which campaign.';
comment on column rollout_gate_reading.wave_id is 'PLAIN: Which step.';
comment on column rollout_gate_reading.gate is 'PLAIN: What was counted.';
comment on column rollout_gate_reading.failing is 'PLAIN: How many failed.';
comment on column rollout_gate_reading.observed is 'PLAIN: Of how many.';
comment on column rollout_gate_reading.max_percent is 'PLAIN: How many percent were allowed.';
comment on column rollout_gate_reading.min_observed is 'PLAIN: How many cases were needed.';
comment on column rollout_gate_reading.exceeded is 'PLAIN: Whether it was too many.';
comment on column rollout_gate_reading.read_at is 'PLAIN: When it was counted.';

-- Devices and consent

comment on table device is 'The devices that take part.';
comment on column device.device_id is 'PLAIN: The device''s random number.';
comment on column device.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column device.name is 'PERSONAL: What the device is called.';
comment on column device.platform is 'PERSONAL: The device''s operating system.';
comment on column device.agent_version is 'PLAIN: Version of the backup program on it.';
comment on column device.public_key is 'PLAIN: Public half of the device''s key. A public key is no secret: it only checks signatures and opens nothing.';
comment on column device.state is 'PLAIN: Whether it is active, paused or revoked.';
comment on column device.keycloak_session is 'PLAIN: Which session at the sign-on belongs to the device, so that it can be ended. Nobody can sign in with it.';
comment on column device.enrolled_at is 'PLAIN: When the device was enrolled.';
comment on column device.last_seen_at is 'PLAIN: When the device last asked the portal for anything.';
comment on column device.last_backup_at is 'PLAIN: When the device last completed a backup.';
comment on column device.last_backup_by is 'PLAIN: Which program made the last backup: the agent or restic.';

comment on table device_nonce is 'Random numbers that devices are asked to sign when they come, for minutes.';
comment on column device_nonce.nonce_hash is 'HASH: One-way value of the number; who reads it cannot answer for the device.';
comment on column device_nonce.device_id is 'PLAIN: Which device, by a random number.';
comment on column device_nonce.expires_at is 'PLAIN: Until when it can be used.';

comment on table device_session is 'Which devices may act at present, for 15 minutes at a time.';
comment on column device_session.session_hash is 'HASH: One-way value of the device''s pass; the pass itself is only on the device.';
comment on column device_session.device_id is 'PLAIN: Which device, by a random number.';
comment on column device_session.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column device_session.opened_at is 'PLAIN: When the device came.';
comment on column device_session.expires_at is 'PLAIN: Until when it may act.';

comment on table page_session_ending is 'Sessions at the sign-on that have ended, so that every portal ends its own.';
comment on column page_session_ending.keycloak_session is 'PLAIN: Which session at the sign-on. Nobody can sign in with it.';
comment on column page_session_ending.ended_at is 'PLAIN: When it ended.';

comment on table session_ending is 'Sessions at the sign-on that have to be ended because a device was revoked or has signed in again.';
comment on column session_ending.session_ending_id is 'PLAIN: Number of the row.';
comment on column session_ending.keycloak_session is 'PLAIN: Which session at the sign-on. Nobody can sign in with it.';
comment on column session_ending.device_id is 'PLAIN: Which device, by a random number.';
comment on column session_ending.requested_at is 'PLAIN: When that happened.';
comment on column session_ending.attempts is 'PLAIN: How often it was tried.';
comment on column session_ending.next_attempt_at is 'PLAIN: When it is tried again.';
comment on column session_ending.ended_at is 'PLAIN: When the session was ended.';

comment on table consent_version is 'Versions of the text that employees agree to.';
comment on column consent_version.version is 'PLAIN: Which version, from 1.';
comment on column consent_version.published_at is 'PLAIN: When it was published.';
comment on column consent_version.effective_from is 'PLAIN: From when on it is shown.';
comment on column consent_version.reconsent_by is 'PLAIN: Until when those who agreed to an earlier one are asked to agree again.';
comment on column consent_version.published_by_issuer is 'PLAIN: Which sign-on service the account of who published it belongs to.';
comment on column consent_version.published_by_subject is 'PERSONAL: The number by which the sign-on knows the administrator who published it.';

comment on table consent_text is 'The text that employees agree to, in each language.';
comment on column consent_text.version is 'PLAIN: Which version.';
comment on column consent_text.language is 'PLAIN: In which language.';
comment on column consent_text.title is 'PLAIN: Its title.';
comment on column consent_text.body is 'PLAIN: The text, the same for everybody.';

comment on table consent_draft is 'The next text, while it is being written.';
comment on column consent_draft.draft_id is 'PLAIN: Always 1: the table has one row.';
comment on column consent_draft.revision is 'PLAIN: How often it was changed.';
comment on column consent_draft.title_en is 'PLAIN: Its English title.';
comment on column consent_draft.body_en is 'PLAIN: Its English text.';
comment on column consent_draft.title_ja is 'PLAIN: Its Japanese title.';
comment on column consent_draft.body_ja is 'PLAIN: Its Japanese text.';
comment on column consent_draft.changed_at is 'PLAIN: When it was last changed.';
comment on column consent_draft.changed_by_subject is 'PERSONAL: The number by which the sign-on knows who last changed it.';

comment on table consent is 'Who agreed to or withdrew from what, and when. The portal itself can neither change nor remove a row.';
comment on column consent.consent_id is 'PLAIN: Number of the row.';
comment on column consent.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column consent.device_id is 'PLAIN: Which device, by a random number.';
comment on column consent.client_id is 'PLAIN: With which program: the backup program or these pages.';
comment on column consent.text_version is 'PLAIN: Which version of the text.';
comment on column consent.text_language is 'PLAIN: In which language it was read.';
comment on column consent.action is 'PLAIN: What was decided, such as opting in or withdrawing.';
comment on column consent.given_at is 'PLAIN: When.';

-- Keys and the vault

comment on table backup_set is 'What one key protects: one set in use per employee. The key itself is not here.';
comment on column backup_set.set_id is 'PLAIN: The set''s random number.';
comment on column backup_set.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column backup_set.current_of is 'PLAIN: The employee''s number once more while the row is in force, so that there is at most one.';
comment on column backup_set.generation is 'PLAIN: Which version of the set''s key, from 1.';
comment on column backup_set.state is 'PLAIN: Whether it is being set up, in use or withdrawn.';
comment on column backup_set.created_by_device is 'PLAIN: Which device made it, by its random number.';
comment on column backup_set.created_at is 'PLAIN: When it was made.';

comment on table key_wrap is 'Locked copies of the keys of backups, and which way opens each.';
comment on column key_wrap.wrap_id is 'PLAIN: The protection''s random number.';
comment on column key_wrap.set_id is 'PLAIN: Which backup set, by a random number.';
comment on column key_wrap.generation is 'PLAIN: Which version of the set''s key, from 1.';
comment on column key_wrap.method is 'PLAIN: What opens it: the password through the vault, the 64-digit key, or the next key of the set.';
comment on column key_wrap.device_id is 'PLAIN: Which device made it, by its random number.';
comment on column key_wrap.created_at is 'PLAIN: When it was made.';
comment on column key_wrap.wrapped_key is 'CIPHERTEXT: The locked key of one set and generation. Only who has the employee''s 64-digit key, or for CHAIN the key of the next generation, can open it: not the portal, not its database, not IT. Empty for PASSWORD_VAULT, whose wrap lies in the vault.';

comment on table held_wrap is 'Protections that were replaced or given up during a legal hold. They are given to nobody and erased when the hold ends.';
comment on column held_wrap.held_wrap_id is 'PLAIN: Number of the row.';
comment on column held_wrap.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column held_wrap.set_id is 'PLAIN: Which backup set, by a random number.';
comment on column held_wrap.wrap_id is 'PLAIN: The protection''s random number.';
comment on column held_wrap.generation is 'PLAIN: Which version of the set''s key, from 1.';
comment on column held_wrap.method is 'PLAIN: What opens it.';
comment on column held_wrap.device_id is 'PLAIN: Which device made it, by its random number.';
comment on column held_wrap.created_at is 'PLAIN: When it was made.';
comment on column held_wrap.retired_at is 'PLAIN: When it was replaced or given up.';
comment on column held_wrap.wrapped_key is 'CIPHERTEXT: As wrapped_key of key_wrap. Only who has the employee''s 64-digit key, or for CHAIN the key of the next generation, can open it: not the portal, not its database, not IT, whatever the hold.';

comment on table vault_receipt is 'What the vault says happened there, such as a password that was tried. Copied from the vault, never changed.';
comment on column vault_receipt.code is 'HASH: The vault''s own one-way value of this and all earlier entries of its ledger.';
comment on column vault_receipt.seq is 'PLAIN: The entry''s place in the vault''s ledger.';
comment on column vault_receipt.employee is 'HASH: Whom it concerns, as a one-way value of company, sign-on and account.';
comment on column vault_receipt.receipt is 'PLAIN: The vault''s signed receipt: time, kind, device, attempts left. No password, no key, no part of one.';

comment on table vault_contact is 'Whether a device''s last message reached the vault. It does not say what the message held.';
comment on column vault_contact.device_id is 'PLAIN: Which device, by a random number.';
comment on column vault_contact.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column vault_contact.answered_at is 'PLAIN: When the vault last answered.';
comment on column vault_contact.unanswered_at is 'PLAIN: When it last did not.';

-- Backups

comment on table repository is 'How much one backup set stores.';
comment on column repository.repository_id is 'PLAIN: The repository''s number.';
comment on column repository.set_id is 'PLAIN: Which backup set, by a random number.';
comment on column repository.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column repository.object_count is 'PLAIN: How many encrypted objects there are.';
comment on column repository.stored_bytes is 'PLAIN: How many bytes of ciphertext they have.';
comment on column repository.created_at is 'PLAIN: When it was made.';
comment on column repository.swept_count is 'PLAIN: How many objects were ever cleared away.';
comment on column repository.restic_id is 'PLAIN: The random name of a repository that restic uses; empty for the portal''s own.';
comment on column repository.device_id is 'PLAIN: Which device uses restic for it, by a random number.';

comment on table restic_object is 'As what restic stored an encrypted object, and whether it was released.';
comment on column restic_object.restic_object_id is 'PLAIN: Number of the row.';
comment on column restic_object.repository_id is 'PLAIN: Which repository, by its number.';
comment on column restic_object.type is 'PLAIN: What kind of object restic says it is, such as a snapshot or data.';
comment on column restic_object.object_id is 'PLAIN: Which stored object.';
comment on column restic_object.stored_at is 'PLAIN: When it first came.';
comment on column restic_object.released is 'PLAIN: Whether restic no longer has it.';
comment on column restic_object.released_at is 'PLAIN: When it was last released.';
comment on column restic_object.revived_at is 'PLAIN: When it was last brought back.';

comment on table restic_past is 'When restic had an encrypted object before it released it and brought it back.';
comment on column restic_past.restic_past_id is 'PLAIN: Number of the row.';
comment on column restic_past.restic_object_id is 'PLAIN: Which object of restic, by its number.';
comment on column restic_past.since is 'PLAIN: Since when restic had it.';
comment on column restic_past.released_at is 'PLAIN: Until when restic had it.';

comment on table restic_watch is 'How much restic has released lately, so that people are told when most of a repository goes.';
comment on column restic_watch.repository_id is 'PLAIN: Which repository, by its number.';
comment on column restic_watch.since is 'PLAIN: Since when it is counted.';
comment on column restic_watch.released is 'PLAIN: How many objects were released since then.';
comment on column restic_watch.told is 'PLAIN: Whether people were told.';

comment on table restic_credential is 'What restic signs in with, for one repository.';
comment on column restic_credential.credential_id is 'PLAIN: The random user name.';
comment on column restic_credential.secret_hash is 'HASH: One-way value of the random password; the password itself is only on the device.';
comment on column restic_credential.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column restic_credential.device_id is 'PLAIN: Which device, by a random number.';
comment on column restic_credential.set_id is 'PLAIN: Which backup set, by a random number.';
comment on column restic_credential.repository_id is 'PLAIN: Which repository, by its number.';
comment on column restic_credential.restic_id is 'PLAIN: The random name of the repository.';
comment on column restic_credential.made_at is 'PLAIN: When it was made.';
comment on column restic_credential.expires_at is 'PLAIN: Until when it can be used.';
comment on column restic_credential.last_used_at is 'PLAIN: When it was last used, to the minute.';
comment on column restic_credential.revoked_at is 'PLAIN: When it was revoked.';

comment on table restic_password is 'Passwords of restic that a device has sealed under the key of the set.';
comment on column restic_password.restic_password_id is 'PLAIN: Number of the row.';
comment on column restic_password.repository_id is 'PLAIN: Which repository, by its number.';
comment on column restic_password.number is 'PLAIN: The how manieth password of the repository it is.';
comment on column restic_password.generation is 'PLAIN: Under which key of the set, counted from 1.';
comment on column restic_password.device_id is 'PLAIN: Which device sealed it, by a random number.';
comment on column restic_password.stored_at is 'PLAIN: When it came.';
comment on column restic_password.wrapped_password is 'CIPHERTEXT: The password of restic, sealed on a device under the key of the set. Only who holds that key can open it: the employee''s devices, or who unlocks it with the password or the 64-digit key. Not the portal, not the vault, not IT.';

comment on table stored_object is 'Which encrypted objects are stored. None has a file name: an object is called by a value of its ciphertext.';
comment on column stored_object.object_id is 'PLAIN: Number of the row.';
comment on column stored_object.repository_id is 'PLAIN: Which repository, by its number.';
comment on column stored_object.name is 'HASH: One-way value (SHA-256) of the ciphertext. It tells nothing of the content.';
comment on column stored_object.size_bytes is 'PLAIN: How many bytes of ciphertext it has.';
comment on column stored_object.stored_at is 'PLAIN: When it was stored.';

comment on table series is 'The order of a device''s snapshots.';
comment on column series.series_id is 'PLAIN: Number of the row.';
comment on column series.repository_id is 'PLAIN: Which repository, by its number.';
comment on column series.device_id is 'PLAIN: Which device, by a random number.';
comment on column series.last_sequence is 'PLAIN: How many snapshots the device has made.';
comment on column series.last_stub is 'HASH: One-way value of the newest snapshot, to which the next one must fit.';
comment on column series.last_committed_at is 'PLAIN: When the newest was completed.';

comment on table snapshot is 'Which snapshots there are, and how large they are. What is in them lies encrypted in objects.';
comment on column snapshot.snapshot_row is 'PLAIN: Number of the row.';
comment on column snapshot.snapshot_id is 'PLAIN: The snapshot''s random number.';
comment on column snapshot.repository_id is 'PLAIN: Which repository, by its number.';
comment on column snapshot.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column snapshot.set_id is 'PLAIN: Which backup set, by a random number.';
comment on column snapshot.device_id is 'PLAIN: Which device, by a random number.';
comment on column snapshot.generation is 'PLAIN: Which version of the set''s key, from 1.';
comment on column snapshot.sequence is 'PLAIN: Which snapshot of the device, from 1.';
comment on column snapshot.previous_stub is 'HASH: One-way value of the snapshot before.';
comment on column snapshot.root is 'HASH: One-way value of the encrypted object at which the snapshot begins.';
comment on column snapshot.list_hash is 'HASH: One-way value of the list of its objects.';
comment on column snapshot.stub_hash is 'HASH: One-way value of everything that is said of the snapshot here.';
comment on column snapshot.committed_at is 'PLAIN: When it was completed.';
comment on column snapshot.object_count is 'PLAIN: How many encrypted objects it needs.';
comment on column snapshot.stored_bytes is 'PLAIN: How many bytes of ciphertext they have.';
comment on column snapshot.file_count is 'PLAIN: About how many files it has, as the device reported. Not which.';
comment on column snapshot.plain_bytes is 'PLAIN: About how large these files are together, as the device reported.';

comment on table snapshot_objects is 'Which encrypted objects each snapshot needs, so that none of them is cleared away.';
comment on column snapshot_objects.snapshot_row is 'PLAIN: Which snapshot.';
comment on column snapshot_objects.object_ids is 'PLAIN: Numbers of the objects, packed into bytes. Numbers only, nothing of their content.';

comment on table snapshot_fate is 'Snapshots that were released or dropped by the rules, and until when they can be taken back.';
comment on column snapshot_fate.snapshot_row is 'PLAIN: Which snapshot.';
comment on column snapshot_fate.repository_id is 'PLAIN: Which repository, by its number.';
comment on column snapshot_fate.state is 'PLAIN: Whether it waits, is held, was taken back or removed.';
comment on column snapshot_fate.rule is 'PLAIN: Who or what let it go: a device, the employee or the rules.';
comment on column snapshot_fate.device_id is 'PLAIN: Which device let it go, by its random number.';
comment on column snapshot_fate.decided_at is 'PLAIN: When that was.';
comment on column snapshot_fate.removed_at is 'PLAIN: When it was removed.';
comment on column snapshot_fate.held_since is 'PLAIN: Since when it is held.';
comment on column snapshot_fate.held_until is 'PLAIN: Until when it can be taken back.';

comment on table idle_object is 'Encrypted objects that no snapshot needs any more.';
comment on column idle_object.object_id is 'PLAIN: Which object.';
comment on column idle_object.repository_id is 'PLAIN: Which repository, by its number.';
comment on column idle_object.size_bytes is 'PLAIN: How many bytes of ciphertext it has.';
comment on column idle_object.doomed_at is 'PLAIN: Since when no snapshot lists it at all.';

comment on table storage_use is 'How much each employee stores, for the quota.';
comment on column storage_use.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column storage_use.live_bytes is 'PLAIN: Bytes that count against the quota.';
comment on column storage_use.held_bytes is 'PLAIN: Bytes that are held and do not count.';
comment on column storage_use.noticed is 'PLAIN: Whether the employee was told that little room is left.';

comment on table housekeeping is 'The nightly work of the portal and the clock it goes by.';
comment on column housekeeping.housekeeping_id is 'PLAIN: Always 1: the table has one row.';
comment on column housekeeping.wall_at is 'PLAIN: What the server''s clock showed when it was last looked at.';
comment on column housekeeping.kept_at is 'PLAIN: What the portal''s own clock showed then, which no change of the server''s can hurry.';
comment on column housekeeping.started_at is 'PLAIN: When the work last began.';
comment on column housekeeping.cursor_at is 'PLAIN: How far it has come.';
comment on column housekeeping.jumped is 'PLAIN: Whether the server''s clock made a jump.';
comment on column housekeeping.failures is 'PLAIN: How many repositories it could not work on.';
comment on column housekeeping.done_count is 'PLAIN: How many repositories it has gone through.';
comment on column housekeeping.ended_at is 'PLAIN: When the work last ended well.';
comment on column housekeeping.holder is 'PLAIN: Which portal process is at work now, by a random number.';
comment on column housekeeping.lease_until is 'PLAIN: Until when that process may go on without saying so again.';

comment on table scrub_state is 'How far the check of stored objects for damage has come. It needs no key.';
comment on column scrub_state.state_id is 'PLAIN: Always 1: the table has one row.';
comment on column scrub_state.last_object_id is 'PLAIN: The object that was checked last.';
comment on column scrub_state.pass_id is 'PLAIN: Which round it is.';
comment on column scrub_state.holder is 'PLAIN: Which portal process is at work now, by a random number.';
comment on column scrub_state.held_until is 'PLAIN: Until when that process may go on without saying so again.';

comment on table scrub_pass is 'The rounds of that check.';
comment on column scrub_pass.pass_id is 'PLAIN: Number of the row.';
comment on column scrub_pass.started_at is 'PLAIN: When it began.';
comment on column scrub_pass.ended_at is 'PLAIN: When it ended.';
comment on column scrub_pass.up_to_object_id is 'PLAIN: The last object that belongs to it.';
comment on column scrub_pass.object_count is 'PLAIN: How many objects were checked.';
comment on column scrub_pass.byte_count is 'PLAIN: How many bytes of ciphertext were checked.';
comment on column scrub_pass.rotten_count is 'PLAIN: How many were damaged.';

comment on table rotten_object is 'Stored objects that were found damaged, and whether they were healed.';
comment on column rotten_object.object_id is 'PLAIN: Which object.';
comment on column rotten_object.repository_id is 'PLAIN: Which repository, by its number.';
comment on column rotten_object.kind is 'PLAIN: What is wrong with it.';
comment on column rotten_object.found_at is 'PLAIN: When it was found.';
comment on column rotten_object.healed_at is 'PLAIN: When a device replaced it.';

comment on table run is 'Backups, restores and checks that devices report: times and numbers, never the name of a file.';
comment on column run.run_row is 'PLAIN: Number of the row.';
comment on column run.run_id is 'PLAIN: The run''s random number.';
comment on column run.device_id is 'PLAIN: Which device, by a random number.';
comment on column run.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column run.kind is 'PLAIN: Whether it is a backup, a restore or a check.';
comment on column run.result is 'PLAIN: How it ended.';
comment on column run.started_at is 'PLAIN: When it began, by the device''s clock.';
comment on column run.ended_at is 'PLAIN: When it ended, by the device''s clock.';
comment on column run.first_reported_at is 'PLAIN: When the portal first heard of it.';
comment on column run.last_reported_at is 'PLAIN: When the portal last heard of it.';
comment on column run.agent_version is 'PLAIN: Version of the backup program.';
comment on column run.files_done is 'PLAIN: About how many files were done. Not which.';
comment on column run.files_failed is 'PLAIN: About how many files could not be read or written.';
comment on column run.bytes_read is 'PLAIN: About how many bytes were read on the device.';
comment on column run.bytes_sent is 'PLAIN: About how many bytes were sent.';
comment on column run.bytes_received is 'PLAIN: About how many bytes were received.';
comment on column run.duration_millis is 'PLAIN: How long it took, in thousandths of a second.';

comment on table newest_run is 'The newest run of each device.';
comment on column newest_run.device_id is 'PLAIN: Which device, by a random number.';
comment on column newest_run.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column newest_run.run_row is 'PLAIN: Which run.';

comment on table erasure is 'What employees opted out of, until when that can be taken back, and what was destroyed.';
comment on column erasure.erasure_id is 'PLAIN: Number of the row.';
comment on column erasure.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column erasure.set_id is 'PLAIN: Which backup set, by a random number.';
comment on column erasure.open_of is 'PLAIN: The set''s number once more while the erasure is open, so that there is at most one.';
comment on column erasure.state is 'PLAIN: Whether it waits, was taken back, is under way or done.';
comment on column erasure.set_was_active is 'PLAIN: Whether the set was in use before.';
comment on column erasure.asked_at is 'PLAIN: When the employee opted out.';
comment on column erasure.began_at is 'PLAIN: When destroying began.';
comment on column erasure.ended_at is 'PLAIN: When it was done.';
comment on column erasure.due_kept is 'PLAIN: Until when it can be taken back.';
comment on column erasure.wrap_count is 'PLAIN: How many protections were destroyed.';
comment on column erasure.snapshot_count is 'PLAIN: How many snapshots were destroyed.';
comment on column erasure.object_count is 'PLAIN: How many encrypted objects were destroyed.';
comment on column erasure.byte_count is 'PLAIN: How many bytes of ciphertext were destroyed.';
comment on column erasure.receipt is 'PLAIN: The portal''s signed receipt: identifiers, times and numbers. No content, no key, no part of one.';

comment on table receipt_key is 'Public keys with which receipts of erasures can be checked.';
comment on column receipt_key.key_id is 'HASH: One-way value of the public key.';
comment on column receipt_key.public_key is 'PLAIN: Public half of the key that signs receipts. A public key is no secret; the other half is in no database.';
comment on column receipt_key.first_used_at is 'PLAIN: When it was first used.';

comment on table protection_day is 'Who is protected in the whole company, a line a day.';
comment on column protection_day.noted_on is 'PLAIN: Which day.';
comment on column protection_day.noted_at is 'PLAIN: When it was noted last.';
comment on column protection_day.employees is 'PLAIN: How many employees were known.';
comment on column protection_day.opted_in is 'PLAIN: How many of them took part.';
comment on column protection_day.devices is 'PLAIN: How many devices they had.';
comment on column protection_day.fresh_devices is 'PLAIN: How many of those had a backup younger than three days.';

comment on table monthly_report is 'Figures of one month for management and auditors, counted once after its end.';
comment on column monthly_report.report_month is 'PLAIN: Which month.';
comment on column monthly_report.computed_at is 'PLAIN: When it was counted.';
comment on column monthly_report.content is 'PERSONAL: The figures. Of people they have only the numbers by which the sign-on knows administrators who changed policies.';

comment on table monthly_report_schedule is 'Who gets the monthly report by mail; only one line.';
comment on column monthly_report_schedule.schedule_id is 'PLAIN: Always 1.';
comment on column monthly_report_schedule.edition is 'PLAIN: Rises with each change.';
comment on column monthly_report_schedule.enabled is 'PLAIN: Whether it is sent.';
comment on column monthly_report_schedule.addresses is 'PERSONAL: Mail addresses that an administrator entered.';
comment on column monthly_report_schedule.language is 'PLAIN: English or Japanese.';
comment on column monthly_report_schedule.changed_at is 'PLAIN: When it was last changed.';

comment on table run_period is 'How the runs of the last seven days ended, a line for each quarter of an hour.';
comment on column run_period.began_at is 'PLAIN: In which quarter of an hour the runs began, by when the portal first heard of them.';
comment on column run_period.noted_at is 'PLAIN: When they were counted last.';
comment on column run_period.done_runs is 'PLAIN: How many of them ended well, also in part.';
comment on column run_period.failed_runs is 'PLAIN: How many of them failed.';
comment on column run_period.open_runs is 'PLAIN: How many of them are at work, were stopped, or were cut off.';

comment on table storage_day is 'How much is stored for everybody together, a line a day.';
comment on column storage_day.noted_on is 'PLAIN: Which day.';
comment on column storage_day.noted_at is 'PLAIN: When it was noted last.';
comment on column storage_day.stored_bytes is 'PLAIN: How many bytes of ciphertext were stored.';
comment on column storage_day.live_bytes is 'PLAIN: How many of them counted against the limits of employees.';
comment on column storage_day.quota_bytes is 'PLAIN: How many bytes those who take part may store together.';

comment on table ciphertext_file is 'Which encrypted objects lie as files beside the database.';
comment on column ciphertext_file.repository_id is 'PLAIN: Which repository, by its number.';
comment on column ciphertext_file.name is 'HASH: One-way value (SHA-256) of the ciphertext. It tells nothing of the content.';
comment on column ciphertext_file.size_bytes is 'PLAIN: How many bytes of ciphertext it has.';
comment on column ciphertext_file.slot is 'PLAIN: Which of its two possible files holds it.';

comment on table ciphertext_folder is 'Which folder of files belongs to this database.';
comment on column ciphertext_folder.folder_id is 'PLAIN: Always 1. The table has one row.';
comment on column ciphertext_folder.mark is 'PLAIN: A random number that also stands in a file of the folder.';

comment on table key_transfer is 'Which devices ask another one of the same employee for the key of the backup. Rows end after ten minutes.';
comment on column key_transfer.transfer_id is 'PLAIN: The transfer''s random number.';
comment on column key_transfer.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column key_transfer.set_id is 'PLAIN: Which backup set, by a random number.';
comment on column key_transfer.new_device is 'PLAIN: Which device asks, by a random number.';
comment on column key_transfer.old_device is 'PLAIN: Which device answers, by a random number.';
comment on column key_transfer.address is 'PERSONAL: From which network address the device asked.';
comment on column key_transfer.opened_at is 'PLAIN: When it asked.';
comment on column key_transfer.expires_at is 'PLAIN: When that ends.';

comment on table key_transfer_message is 'What two devices of an employee tell each other while the key goes from one to the other.';
comment on column key_transfer_message.message_id is 'PLAIN: Number of the row.';
comment on column key_transfer_message.transfer_id is 'PLAIN: Which transfer, by a random number.';
comment on column key_transfer_message.number is 'PLAIN: Which message of the transfer it is, in their order.';
comment on column key_transfer_message.step is 'PLAIN: What kind of message it is.';
comment on column key_transfer_message.body is 'CIPHERTEXT: Shares of a key agreement, or the key of the set, sealed on the old device. Only the new device can open it, and only when the employee has typed its six digits on the old one: not the portal, not its database, not IT.';

comment on table ciphertext_object is 'Which encrypted objects lie in a bucket beside the database.';
comment on column ciphertext_object.repository_id is 'PLAIN: Which repository, by its number.';
comment on column ciphertext_object.name is 'HASH: One-way value (SHA-256) of the ciphertext. It tells nothing of the content.';
comment on column ciphertext_object.size_bytes is 'PLAIN: How many bytes of ciphertext it has.';
comment on column ciphertext_object.slot is 'PLAIN: Which of its two possible places in the bucket holds it.';

comment on table ciphertext_deletion is 'Which encrypted objects were deleted and are still to be removed from the bucket.';
comment on column ciphertext_deletion.repository_id is 'PLAIN: Which repository, by its number.';
comment on column ciphertext_deletion.name is 'HASH: One-way value (SHA-256) of the ciphertext. It tells nothing of the content.';
comment on column ciphertext_deletion.deleted_at is 'PLAIN: When it was deleted.';

comment on table ciphertext_bucket is 'Which bucket belongs to this database.';
comment on column ciphertext_bucket.bucket_id is 'PLAIN: Always 1. The table has one row.';
comment on column ciphertext_bucket.mark is 'PLAIN: A random number that also stands in an object of the bucket.';

comment on table log_entry is 'What everybody is shown alike: cards of the vault, and published consent texts by their one-way values.';
comment on column log_entry.place is 'PLAIN: Its place in the log, from 0.';
comment on column log_entry.kind is 'PLAIN: What it is about.';
comment on column log_entry.content is 'PLAIN: Public keys and numbers that everybody may read, or a one-way value of a text. Nothing about a person.';
comment on column log_entry.leaf_hash is 'HASH: One-way value of the entry.';
comment on column log_entry.added_at is 'PLAIN: When it was added.';

comment on table log_tile is 'One-way values of parts of the log, from which others check it.';
comment on column log_tile.tile_level is 'PLAIN: How large the part is.';
comment on column log_tile.place is 'PLAIN: Which part of this size it is.';
comment on column log_tile.root_hash is 'HASH: One-way value of all entries of the part.';

comment on table log_head is 'Where the log ends at present.';
comment on column log_head.head_id is 'PLAIN: Always 1: the table has one row.';
comment on column log_head.size is 'PLAIN: How many entries there are.';
comment on column log_head.edge is 'HASH: One-way values of the whole log.';
comment on column log_head.origin is 'PLAIN: The name by which the log is known: the portal''s address when it began.';
comment on column log_head.public_key is 'PLAIN: Public half of the key that signs the log. A public key is no secret; the other half is in no database.';

comment on table device_diagnostics is 'What a device said of itself when its employee asked for help. The newest five of a device, for 30 days.';
comment on column device_diagnostics.diagnostics_id is 'PLAIN: Number of the row.';
comment on column device_diagnostics.device_id is 'PLAIN: Which device, by a random number.';
comment on column device_diagnostics.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column device_diagnostics.received_at is 'PLAIN: When it came.';
comment on column device_diagnostics.content is 'PERSONAL: A closed list that the employee read before it was sent: versions, clock, free space, schedule, how far the portal is reached, and how the last runs ended. No name of a file, a folder, a computer or a person.';

comment on table recovery_proof is 'What devices have shown of being able to recover: the newest of each kind of each device.';
comment on column recovery_proof.proof_id is 'PLAIN: Number of the row.';
comment on column recovery_proof.device_id is 'PLAIN: Which device, by a random number.';
comment on column recovery_proof.employee_id is 'PLAIN: Which employee, by a number that means nothing outside this database.';
comment on column recovery_proof.kind is 'PLAIN: A drill of the device, or a practice of its person. Only what went well is told.';
comment on column recovery_proof.made_at is 'PLAIN: When it was, by the clock of the device.';
comment on column recovery_proof.counts_from is 'PLAIN: The same, but never later than it came.';
comment on column recovery_proof.received_at is 'PLAIN: When it came.';
comment on column recovery_proof.set_id is 'PLAIN: Of which backup, by a random number.';
comment on column recovery_proof.generation is 'PLAIN: By which version of the key.';
comment on column recovery_proof.snapshot_id is 'PLAIN: Of which snapshot a sample was opened.';
comment on column recovery_proof.file_count is 'PLAIN: About how many files were opened.';
comment on column recovery_proof.byte_count is 'PLAIN: About how many bytes of them.';
comment on column recovery_proof.signature is 'PLAIN: By the key of the device over all of this.';

comment on table recovery_day is 'How many people have shown that they can recover, a line a day.';
comment on column recovery_day.noted_on is 'PLAIN: Which day.';
comment on column recovery_day.noted_at is 'PLAIN: When it was noted last.';
comment on column recovery_day.people is 'PLAIN: How many people had an active backup.';
comment on column recovery_day.drilled is 'PLAIN: Of how many of them a device had opened a sample in the last 120 days.';
comment on column recovery_day.practised is 'PLAIN: How many of them had practised in the last 120 days.';
comment on column recovery_day.proven is 'PLAIN: How many of them had both.';

comment on table ciphertext_move is 'Where new encrypted objects go, and how far those that lie elsewhere have been moved there.';
comment on column ciphertext_move.state_id is 'PLAIN: Always 1: the table has one row.';
comment on column ciphertext_move.target is 'PLAIN: The database, files or a bucket; nothing while the portal''s setting says it.';
comment on column ciphertext_move.ordered_at is 'PLAIN: When somebody ordered that.';
comment on column ciphertext_move.noted is 'PLAIN: Whether the order stands in the audit trail.';
comment on column ciphertext_move.paused is 'PLAIN: Whether moving rests until somebody says otherwise.';
comment on column ciphertext_move.bytes_per_second is 'PLAIN: How many bytes are moved in a second at most; 0 for no limit.';
comment on column ciphertext_move.after_repository is 'PLAIN: The repository of the object that was looked at last, by its number.';
comment on column ciphertext_move.after_name is 'HASH: One-way value (SHA-256) of the ciphertext of that object. It tells nothing of the content.';
comment on column ciphertext_move.waiting_count is 'PLAIN: How many objects are still to be moved.';
comment on column ciphertext_move.moved_count is 'PLAIN: How many were moved since the order.';
comment on column ciphertext_move.moved_bytes is 'PLAIN: How many bytes of ciphertext they have.';
comment on column ciphertext_move.left_count is 'PLAIN: How many were left where they are, because they are damaged.';
comment on column ciphertext_move.fault_store is 'PLAIN: Which store could not be used when it was last tried.';
comment on column ciphertext_move.fault is 'PLAIN: What was wrong with it.';
comment on column ciphertext_move.fault_at is 'PLAIN: When that was.';
comment on column ciphertext_move.passed_at is 'PLAIN: When all objects had been looked at last.';
comment on column ciphertext_move.holder is 'PLAIN: Which portal process is at work now, by a random number.';
comment on column ciphertext_move.held_until is 'PLAIN: Until when that process may go on without saying so again.';

comment on table ciphertext_portal is 'Which portals run now, and which stores of encrypted objects each of them can use.';
comment on column ciphertext_portal.portal is 'PLAIN: The portal process, by a random number.';
comment on column ciphertext_portal.stores is 'PLAIN: Which stores it can use.';
comment on column ciphertext_portal.writes_to is 'PLAIN: Where its settings say that new objects go.';
comment on column ciphertext_portal.seen_at is 'PLAIN: When it last said so.';
