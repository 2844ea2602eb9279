import { inTransaction, migrate, storeSentence, type Store } from '@datong/metadata-store'
import { createTestDatabase, type TestDatabase } from '@datong/metadata-store/testing'
import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from './compose.ts'
import { aDraft, evidenceFor } from './modules/evidence/testing.ts'

const STEPS = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1))
const NAMES = STEPS.map(({ name }) => name)
const ID = '01a20000-0000-7000-8000-000000000001'

type Subject = readonly [type: string, id: string]

interface Row {
  readonly subject?: Subject
  readonly also?: Subject
  readonly table: string
  /** Which of the table's rows is meant, when several steps write into it. */
  readonly where?: string
  /** Rows that the step itself put there. */
  readonly brings?: number
  readonly insert: string
}

/** Columns that a later step drops; programs of before filled them. */
const DROPPED = ['clock_working_days', 'clock_started_at', 'clock_paused_at', 'handed_in', 'loaded', 'verify_only']

const applicationWith = (id: string, number: string, columns: string, values: string): string => {
  const insert = (more: string, given: string): string => `insert into sharing.application (id, number, entry_code, entry_title, provider_organisation,
    applicant_id, applicant_name, fields, purpose, use_text, until, state, clock_kind, due_at, submitted_at, ${more}${columns})
    values ('${id}', '${number}', '301001-000001', '停车场', 'P', '${ID}', '王', '{名称}', '试', '试', '2099-12-31', 'submitted', 'answer-conditional', now(), now(), ${given}${values});`
  return `do $do$ begin
    if exists (select from information_schema.columns where table_schema = 'sharing' and table_name = 'application' and column_name = 'clock_started_at')
    then ${insert('clock_working_days, clock_started_at, ', '10, now(), ')} else ${insert('', '')} end if; end $do$`
}
const OTHER_ID = '01a20000-0000-7000-8000-000000000002'
const THIRD_ID = '01a20000-0000-7000-8000-000000000003'
const FOURTH_ID = '01a20000-0000-7000-8000-000000000004'
const FIFTH_ID = '01a20000-0000-7000-8000-000000000005'

/** A row of what each step brings, as a program of that time would have written it, and whom its evidence is about. A step that brings no place for rows has none. */
const ROWS: Readonly<Record<string, Row | 'no rows'>> = {
  '20261122T0110-evidence': { table: 'evidence.audit', insert: `insert into evidence.audit values ('${ID}', 'sound', now(), now(), 3, 3, '[]')` },
  '20261122T0120-identity': {
    subject: ['organisation', '11990100MB0000002B'], table: 'identity.organisation', where: "code = '11990100MB0000002B'",
    insert: `with region as (insert into identity.region values ('990100', '某市', 'Some City', null, 'city'))
      insert into identity.organisation (code, name, name_en, short_name, region_code, kind, duties) values ('11990100MB0000002B', '局', 'Office', '局', '990100', 'department', '{}')`,
  },
  '20261122T0130-catalog': {
    subject: ['entry', '301001-000001'], table: 'catalog.entry',
    insert: `insert into catalog.entry (code, organisation, title, created_at, changed_at) values ('301001-000001', '11990100MB0000002B', '停车场', now(), now())`,
  },
  '20261122T0140-collection': {
    subject: ['load', ID], table: 'collection.load',
    insert: `insert into collection.load (id, entry_code, entry_title, organisation, file_name, bytes, sha256, phase, created_at, started_by)
      values ('${ID}', '301001-000001', '停车场', '11990100MB0000002B', 'a.csv', 3, 'x', 'received', now(), '{}')`,
  },
  '20261122T0150-quality': {
    table: 'quality.version', insert: `insert into quality.version values ('301001-000001', 1, '${ID}', 3, '{}', 0.5, 3, '{}', '[]', '{}', now())`,
  },
  '20261122T0160-protection': {
    subject: ['masking-policy', '1'], table: 'protection.policy', insert: `insert into protection.policy values (1, '[]', '试', now(), '{}')`,
  },
  '20261122T0170-sharing': {
    subject: ['application', ID], table: 'sharing.application', where: "number = 'A-1'",
    insert: applicationWith(ID, 'A-1', 'delivery', "'api'"),
  },
  '20261122T0180-delivery': {
    table: 'delivery.usage', insert: `insert into delivery.usage values ('2026-11-22', '301001-000001', null, null, 1, 2, 3, now())`,
  },
  '20261122T0210-segments': {
    table: 'evidence.segment', insert: `insert into evidence.segment values ('01a20000-0000-7000-8000-000000000001', 1, '{p:P}', null,
      decode(repeat('00', 32), 'hex'), '{}', decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'))`,
  },
  '20261122T0220-keys': {
    subject: ['key', ID], also: ['app', ID], table: 'identity.app_key',
    insert: `with app as (insert into identity.app values ('${ID}', '系统', '', '11990100MB0000002B', null, now()) returning id)
      insert into identity.app_key (id, app_id, name, prefix, algorithm, public_key, addresses, created_at)
      select id, id, '签名', 'x', 'ed25519', 'x', '{10.0.0.0/8}', now() from app`,
  },
  '20261122T0270-closed-loop': {
    subject: ['sharing-setting', 'notice'], table: 'sharing.setting', insert: `insert into sharing.setting values ('notice', 2, '试', true, now(), '{}')`,
  },
  '20261122T0271-rules': {
    subject: ['rule', ID], table: 'sharing.rule', insert: `insert into sharing.rule values ('${ID}', null, 'draft', 1, null, 0)`,
  },
  '20261122T0272-purposes': {
    subject: ['purpose', 'trial'], table: 'sharing.purpose', brings: 18,
    insert: `insert into sharing.purpose (code, name, name_en, legal_basis, description, words, state, revision, changed_at)
      values ('trial', '试用', 'Trial', '条例', '', '{}', 'active', 1, now())`,
  },
  '20261122T0280-derived': {
    subject: ['derived', ID], table: 'delivery.derived', insert: `insert into delivery.derived values ('${ID}', 'C', 'one', '试', 'active', 1, '{}', now(), now(), 1)`,
  },
  '20261122T0280-verification': 'no rows',
  '20261122T0281-links': {
    subject: ['link', ID], table: 'delivery.link',
    insert: `insert into delivery.link (id, token_hash, entry_code, entry_title, provider, maker, format, state, downloads, created_at, expires_at)
      values ('${ID}', 'x', '301001-000001', '停车场', 'P', '{}', 'csv', 'preparing', 1, now(), now())`,
  },
  '20261122T0282-push': {
    subject: ['push-target', ID], table: 'delivery.push_target',
    insert: `insert into delivery.push_target (id, entry_code, entry_title, provider, grant_id, app_id, maker, kind, host, port, database, table_name, username, password, tls, schedule,
      create_table, replace_existing, state, created_at)
      values ('${ID}', '301001-000001', '停车场', 'P', '${ID}', '${ID}', '{}', 'mariadb', 'h', 3306, 'd', 't', 'u', 'x', 'on', 'by-hand', true, false, 'idle', now())`,
  },
  '20261122T0283-subscriptions': {
    subject: ['webhook', ID], table: 'delivery.webhook',
    insert: `insert into delivery.webhook (id, entry_code, entry_title, provider, grant_id, app_id, maker, url, secret, state, position, created_at)
      values ('${ID}', '301001-000001', '停车场', 'P', '${ID}', '${ID}', '{}', 'https://example.com', 'x', 'pending', 0, now())`,
  },
  '20261122T0286-call-figures': {
    table: 'delivery.call_figure', insert: `insert into delivery.call_figure values ('2026-11-22', '301001-000001', null, null, 2, '{"delivery/expired": 1}', '{1,1}')`,
  },
  '20261122T0288-verify-only': {
    subject: ['application', OTHER_ID], table: 'sharing.application', where: "number = 'A-2'", insert: applicationWith(OTHER_ID, 'A-2', 'delivery', "'verify'"),
  },
  '20261122T0289-quota-total': {
    subject: ['grant', ID], table: 'sharing.grant', where: "number = 'G-1'",
    insert: `insert into sharing.grant (id, number, application_id, entry_code, entry_title, provider_organisation, applicant_id, app_id, purpose, fields, quota_per_second, quota_per_day,
      quota_total, until, state, created_at) values ('${ID}', 'G-1', '${ID}', '301001-000001', '停车场', 'P', '${ID}', '${ID}', '试', '{名称}', 1, 1, 9, '2099-12-31', 'active', now())`,
  },
  '20261122T0290-notices': {
    table: 'notices.notice', insert: `insert into notices.notice values ('${ID}', 'k', now(), 'application-decided', '{}', 'application', '${ID}', 'P', '{provider}', null)`,
  },
  '20261122T0291-asked-masking': {
    subject: ['application', THIRD_ID], table: 'sharing.application', where: "number = 'A-3'",
    insert: applicationWith(THIRD_ID, 'A-3', 'delivery, masking', `'api', '{"名称": "redact"}'`),
  },
  '20261122T0295-governance': {
    subject: ['credit', '2026-11-22'], table: 'governance.credit', insert: `insert into governance.credit values ('2026-11-22', 'P', 81.5, '[]', 0)`,
  },
  '20261122T0300-version-rule': {
    subject: ['application', FOURTH_ID], table: 'sharing.application', where: "number = 'A-4'",
    insert: applicationWith(FOURTH_ID, 'A-4', 'delivery, version_rule', `'api', '{"kind": "fixed", "version": 3}'`),
  },
  '20261122T0301-watermark': {
    table: 'delivery.mark', insert: `insert into delivery.mark values ('${ID}', '301001-000001', '{名称}', now())`,
  },
  '20261122T0302-late-delivery': { subject: ['grant', OTHER_ID], table: 'sharing.grant', where: "number = 'G-2'", insert: `insert into sharing.grant (id, number, application_id, entry_code, entry_title, provider_organisation,
      applicant_id, app_id, purpose, fields, quota_per_second, quota_per_day, until, state, revoked_for, created_at) values ('${OTHER_ID}', 'G-2', '${OTHER_ID}', '301001-000001', '停车场', 'P', '${ID}', '${ID}', '试', '{名称}', 1, 1,
      '2099-12-31', 'revoked', 'misuse', now())` },
  '20261122T0302-mergers': {
    subject: ['organisation', '11990100MB0000002B'], table: 'identity.merger',
    insert: `with other as (insert into identity.organisation (code, name, name_en, short_name, region_code, kind, duties) values ('11990100MB0000009X', '新局', 'New', '新', '990100', 'department', '{}') returning code)
      insert into identity.merger (predecessor, successor, from_day, reason, asked_by, asked_at) select '11990100MB0000002B', code, '2026-12-01', '机构改革', '{}', now() from other`,
    also: ['organisation', '11990100MB0000009X'],
  },
  '20261122T0303-figures-in-place': 'no rows',
  '20261122T0340-metadata-quality': {
    table: 'interchange.metadata_score',
    insert: `insert into interchange.metadata_score values ('301001-000001', '11990100MB0000002B', '停车场', 310.5, 'good', '{"keywords": 30}', 0.9, '{spatial}', now(), now())`,
  },
  '20261122T0345-reader': 'no rows',
  '20261122T0303-metered': { table: 'evidence.metered', insert: 'update evidence.metered set until = until' },
  '20261122T0310-core-metadata': 'no rows',
  '20261122T0311-classification': {
    subject: ['classification', '101099'], table: 'catalog.classification', where: "code = '101099'",
    insert: `insert into catalog.classification (code, parent, name) values ('101099', '101', '试')`,
  },
  '20261122T0312-draft-codes': 'no rows',
  '20261122T0312-revisions': 'no rows',
  '20261122T0315-calendar': {
    subject: ['calendar-day', '2026-12-31'], table: 'calendar.day', insert: `insert into calendar.day values ('2026-12-31', 'holiday', '停电', '通知', now(), '{}')`,
  },
  '20261122T0316-clock-basis': 'no rows',
  '20261122T0316-entry-clocks': {
    subject: ['catalog-limit', 'entry-review'], table: 'catalog.setting', insert: `insert into catalog.setting values ('entry-review', 3, '试', true, now(), '{}')`,
  },
  '20261122T0317-following': { table: 'catalog.saved_search', insert: `insert into catalog.saved_search values ('${ID}', '${ID}', '停车', '{"q": "停车"}', now(), false, now(), null)` },
  '20261122T0318-lists': {
    subject: ['demand', ID], table: 'lists.demand',
    insert: `insert into lists.demand (id, number, title, description, audience, filed_by, state, filed_at, changed_at) values ('${ID}', 'D-2026-0001', '停车', '停车', 'public', '${ID}', 'filed', now(), now())`,
  },
  '20261122T0320-entry-changes': 'no rows',
  '20261122T0321-search-words': {
    subject: ['search-word', '1000'], table: 'catalog.search_word', where: 'id = 1000',
    insert: `insert into catalog.search_word (id, kind, phrases, changed_at, changed_by) overriding system value values (1000, 'word', '{停车}', now(), '王')`,
  },
  '20261122T0360-bulk': {
    subject: ['bulk-import', ID], table: 'catalog.bulk_import',
    insert: `insert into catalog.bulk_import (id, account_id, file_name, state, row_count, item_count, names, source, mapping, made_at, made_by) values ('${ID}', '${ID}', '目录.xlsx', 'applied', 0, 0, '[]', '{}', '{}', now(), '{}')`,
  },
  '20261122T0361-ledger': {
    subject: ['ledger-item', ID], table: 'ledger.item',
    insert: `insert into ledger.item (id, kind, name, description, organisation, operator, unit, state, changed_at, changed_by) values ('${ID}', 'system', '系统', '', '11990100MB0000002B', '', '', 'running', now(), '某')`,
  },
  '20261122T0350-harvest': {
    subject: ['harvest-source', ID], table: 'harvest.source',
    insert: `insert into harvest.source (id, name, kind, url, organisation, schedule, publishes, created_at) values ('${ID}', '省平台', 'ckan', 'https://example.gov.cn', '11990100MB0000002B', 'daily', false, now())`,
  },
  '20261122T0330-standards': {
    subject: ['standard', 'element/DE99999'], table: 'standards.item',
    insert: `insert into standards.item (key, kind, id, state, version, body, revision, changed_at) values ('element/DE99999', 'element', 'DE99999', 'draft', 0, '{}', 1, now())`,
  },
  '20261122T0332-mapping-index': 'no rows',
  '20261122T0400-intake': { table: 'collection.load_checkpoint', insert: `insert into collection.load_checkpoint values ('${ID}', '{}', now())` },
  '20261122T0401-sources': {
    subject: ['source', ID], table: 'collection.source',
    insert: `insert into collection.source (id, name, kind, organisation, settings, secrets, secret_names, read_from, mode, key_columns, drift, entry_title, created_at, created_by)
      values ('${ID}', '登记库', 'postgresql', '11990100MB0000002B', '{}', '', '{}', '{"object": "public.company"}', 'full', '{}', 'hold', '企业', now(), '王')`,
  },
  '20261122T0405-forms': {
    subject: ['form', ID], table: 'collection.form',
    insert: `insert into collection.form (id, title, about, organisation, fields, key_fields, created_at, created_by) values ('${ID}', '窗口', '', '11990100MB0000002B', '[]', '{}', now(), '{}')`,
  },
  '20261122T0410-capture': {
    subject: ['capture', ID], table: 'collection.capture',
    insert: `insert into collection.capture (id, source_id, entry_code, organisation, object, state, shape, pack_minutes, created_at, created_by)
      values ('${ID}', '${ID}', '301001-000001', '11990100MB0000002B', 'public.company', 'starting', '{}', 60, now(), '{}')`,
  },
  '20261122T0411-live': 'no rows',
  '20261122T0415-lineage': 'no rows',
  '20261122T0417-attached-words': { table: 'catalog.attached_words', insert: `insert into catalog.attached_words values ('301001-000001', '停车场')` },
  '20261122T0417-objects': {
    subject: ['object', ID], table: 'collection.object',
    insert: `insert into collection.object values ('${ID}', '301001-000001', '11990100MB0000002B', '说明', 'a.txt', 'text', 3, 'x', 'p', 'internal', 'kept', null, '{}', '', now(), '{}')`,
  },
  '20261122T0416-lake': {
    subject: ['view', ID], table: 'collection.view',
    insert: `insert into collection.view (id, entry_code, organisation, title, layer, state, sql, inputs, version, created_at, changed_at, revision)
      values ('${ID}', '301001-000001', '11990100MB0000002B', '停车场', 'topic', 'active', 'select 1 as a', '[]', 1, now(), now(), 0)`,
  },
  '20261122T0451-open-files': { table: 'delivery.open_file', insert: `insert into delivery.open_file values ('301001-000001', 'csv', 1, 3, 'x')` },
  '20261122T0430-recipes': {
    subject: ['recipe', '301001-000001'], table: 'collection.recipe_choice',
    insert: `with recipe as (insert into collection.recipe values ('301001-000001', 1, '11990100MB0000002B', '清洗', '[]', null, now(), '{}') returning entry_code, number)
      insert into collection.recipe_choice select entry_code, '11990100MB0000002B', number, now() from recipe`,
  },
  '20261122T0420-rules': {
    subject: ['quality-rule', ID], table: 'quality.rule',
    insert: `with rule as (insert into quality.rule values ('${ID}', '301001-000001', 'not-null', 'active', 1, 0, now()) returning id)
      insert into quality.rule_version select id, 1, '非空', '名称', 'completeness', '{}', 'major', 0, '', 'written', 'x', now(), '{}' from rule`,
  },
  '20261122T0421-gate': {
    subject: ['quality-gate', '301001-000001'], table: 'quality.gate', insert: `insert into quality.gate values ('301001-000001', 'any', 3, 1)`,
  },
  '20261122T0455-score-days': {
    table: 'quality.score_day', where: "day = '2020-01-01'", insert: `insert into quality.score_day values ('301001-000001', '2020-01-01', '11990100MB0000002B', true, 1, 0.9, 4, '{"accuracy": 0.9}')`,
  },
  '20261122T0456-rule-turned': 'no rows',
  '20261122T0457-paused-tickets': 'no rows',
  '20261122T0458-rule-names': 'no rows',
  '20261122T0459-ticket-names': 'no rows',
  '20261122T0470-statistics': {
    subject: ['application', FIFTH_ID], table: 'sharing.application', where: "number = 'A-5'", insert: applicationWith(FIFTH_ID, 'A-5', 'delivery', "'statistics'"),
  },
  '20261122T0480-rows-recorded': 'no rows',
  '20261122T0460-endpoints': {
    table: 'quality.endpoint_seen',
    insert: `with endpoint as (insert into quality.endpoint values ('301001-000001', '/data/v1/301001-000001/rows', 'rows', true, 200, 3, null, now(), now()) returning entry_code, address)
      insert into quality.endpoint_seen select entry_code, address, now(), true, 200, 3, null from endpoint`,
  },
  '20261122T0425-ticket-clocks': 'no rows',
  '20261122T0426-tickets': {
    subject: ['ticket', ID], table: 'tickets.ticket',
    insert: `insert into tickets.ticket (id, number, kind, entry_code, entry_title, organisation, title, state, recheck, opened_at, changed_at)
      values ('${ID}', 'Q-2026-0001', 'report', '301001-000001', '停车场', '11990100MB0000002B', '泊位数不对', 'open', 'by-reporter', now(), now())`,
  },
  '20261122T0440-form-rounds': {
    subject: ['form-round', `${ID}/1`], table: 'collection.form_round', insert: `insert into collection.form_round (form_id, number, period, opened_at) values ('${ID}', 1, '2026-10', now())`,
  },
  '20261122T0441-captured-feed': 'no rows',
  '20261122T0331-mappings': {
    table: 'standards.mapping', insert: `insert into standards.mapping values ('301001-000001', '11990100MB0000002B', '停车场', 1, '[]', '{}', 0, 0, 0, now())`,
  },
}

/** The row of a step that has one. */
const rowOf = (name: string): Row | undefined => {
  const row = ROWS[name]
  return row === 'no rows' ? undefined : row
}

const databases: TestDatabase[] = []
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop()
})
async function anEmptyStore(): Promise<Store> {
  const database = await createTestDatabase()
  databases.push(database)
  return database.store
}

/** Writes a row for each step that the store has, each with its evidence. */
async function fill(store: Store, names: readonly string[]): Promise<void> {
  const evidence = evidenceFor(store)
  for (const name of names) {
    const row = rowOf(name)
    if (row === undefined) continue
    await inTransaction(store.db, async (trx) => {
      await sql.raw(row.insert).execute(trx)
      for (const [type, id] of subjectsOf(name)) await evidence.record(trx, aDraft({ subject: { type, id, title: '' } }))
    })
  }
}

const subjectsOf = (name: string): Subject[] => [rowOf(name)?.subject, rowOf(name)?.also].filter((subject) => subject !== undefined)

async function contents(store: Store, names: readonly string[]): Promise<unknown[]> {
  const rows = names.flatMap((name) => rowOf(name) ?? [])
  const places: readonly Pick<Row, 'table' | 'where'>[] = [...rows, ...(names.length > 0 ? [{ table: 'evidence.pending' }] : [])]
  return Promise.all(places.map(async ({ table, where = 'true' }) => (await sql<{ row: unknown }>`select to_jsonb(t) - ${DROPPED}::text[] as row from ${sql.table(table)} t where ${sql.raw(where)} order by 1`.execute(store.db)).rows))
}

/** The schema as the database describes it: columns, constraints, indexes, triggers, functions. */
async function schemaOf(store: Store): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    with ours as (select oid, nspname from pg_namespace where nspname !~ '^(pg_|information_schema)')
    select format('%I.%I.%I %s%s %s', table_schema, table_name, column_name, data_type, case is_nullable when 'NO' then ' not null' else '' end, column_default) as line
      from information_schema.columns where table_schema in (select nspname from ours)
    union all select format('%s %I: %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) from pg_constraint c join ours on ours.oid = connamespace
    union all select indexdef from pg_indexes where schemaname in (select nspname from ours)
    union all select pg_get_triggerdef(t.oid) from pg_trigger t where not tgisinternal
    union all select pg_get_functiondef(p.oid) from pg_proc p join ours on ours.oid = pronamespace where prokind = 'f'
    order by 1`.execute(store.db)
  return rows.map(({ line }) => line)
}

describe('the schema', () => {
  let fresh: string[]
  beforeAll(async () => {
    const database = await createTestDatabase(STEPS)
    fresh = await schemaOf(database.store)
    await database.drop()
  })

  it('has a row to test with for each step', () => {
    expect(Object.keys(ROWS).sort()).toEqual(NAMES)
  })

  it('is made whole from an empty store, once', async () => {
    const store = await anEmptyStore()
    expect(await migrate(store.db, migrations)).toEqual(NAMES)
    expect(await migrate(store.db, migrations)).toEqual([])
    await fill(store, NAMES)
    expect((await contents(store, NAMES)).map((rows) => (Array.isArray(rows) ? rows.length : 0))).toEqual([...NAMES.flatMap((name) => rowOf(name) ?? []).map(({ brings = 0 }) => 1 + brings), NAMES.flatMap(subjectsOf).length])
  })

  it.each(NAMES.map((name, index) => [name, index] as const))('comes to the same from the store that was there before %s, and keeps its rows', async (_, index) => {
    const old = await anEmptyStore()
    await migrate(old.db, STEPS.slice(0, index))
    await fill(old, NAMES.slice(0, index))
    const before = await contents(old, NAMES.slice(0, index))
    expect(await migrate(old.db, migrations)).toEqual(NAMES.slice(index))
    expect(await contents(old, NAMES.slice(0, index))).toMatchObject(before) // later steps add columns
    expect(await schemaOf(old)).toEqual(fresh)
    await fill(old, NAMES.slice(index))
  })

  it('stays as it was when a step fails, and goes on from there', async () => {
    const store = await anEmptyStore()
    const last = STEPS.at(-1)!
    const broken = [...STEPS.slice(0, -1), { ...last, up: async (db: Parameters<typeof last.up>[0]) => { await last.up(db); throw new Error('the power went') } }]
    await expect(migrate(store.db, broken)).rejects.toThrow('the power went')
    await fill(store, NAMES.slice(0, -1))
    expect(await migrate(store.db, migrations)).toEqual([last.name])
  })

  it('of a newer program is refused in one sentence, and nothing is changed', async () => {
    const store = await anEmptyStore()
    const newer = { name: '20991231T0000-later', up: async (db: Store['db']) => void (await sql`create table later (id int)`.execute(db)) }
    await migrate(store.db, [...migrations, newer])
    const before = await schemaOf(store)
    const refusal = await migrate(store.db, migrations).catch((error: unknown) => error)
    expect(storeSentence(refusal)).toBe('The store was migrated by a newer Datong (it knows 20991231T0000-later); update the program or restore an older backup.')
    expect(await schemaOf(store)).toEqual(before)
  })
})
