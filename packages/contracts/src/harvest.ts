import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable, OrganisationCode, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

/** What a source speaks: CKAN's Action API, DCAT in RDF (Turtle, RDF/XML, JSON-LD), or DCAT-US 1.1 (`/data.json`). */
export const HARVEST_KINDS = ['ckan', 'dcat', 'dcat-us'] as const
export const HARVEST_SCHEDULES = ['manual', 'hourly', 'daily', 'weekly'] as const
export const HARVEST_SOURCE_STATES = ['active', 'paused', 'removed'] as const
export const HARVEST_RUN_STATES = ['queued', 'running', 'done', 'held', 'failed', 'stopped'] as const
export const HARVEST_ACTIONS = ['run', 'run-fully', 'resume', 'stop', 'accept', 'pause', 'activate', 'remove'] as const

export type HarvestKind = (typeof HARVEST_KINDS)[number]
export type HarvestSchedule = (typeof HARVEST_SCHEDULES)[number]
export type HarvestSourceState = (typeof HARVEST_SOURCE_STATES)[number]
export type HarvestRunState = (typeof HARVEST_RUN_STATES)[number]
export type HarvestAction = (typeof HARVEST_ACTIONS)[number]

const HarvestRunSchema = Type.Object({
  id: Id,
  state: Type.Enum(HARVEST_RUN_STATES),
  /** Everything, or only what changed since the last run that went through. */
  mode: Type.Enum(['full', 'incremental']),
  queuedAt: Instant,
  startedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  /** Records of the source, where it says so. */
  total: Nullable(Type.Integer()),
  seen: Type.Integer(),
  created: Type.Integer(),
  changed: Type.Integer(),
  same: Type.Integer(),
  withdrawn: Type.Integer(),
  rejected: Type.Integer(),
  /** Entries that the source does not have any more; a run is held when they are suspiciously many. */
  vanished: Type.Integer(),
  /** Why it failed, by an error code and its words. */
  failure: Nullable(Type.Object({ code: Type.String(), detail: Type.String() })),
  receiptId: Nullable(Id),
})
export type HarvestRun = Static<typeof HarvestRunSchema>

const HarvestSourceSchema = Type.Object({
  id: Id,
  name: Type.String(),
  kind: Type.Enum(HARVEST_KINDS),
  url: Type.String(),
  organisation: OrganisationRef,
  schedule: Type.Enum(HARVEST_SCHEDULES),
  /** Whether what comes in is published at once, or waits as drafts for its department. */
  publishes: Type.Boolean(),
  state: Type.Enum(HARVEST_SOURCE_STATES),
  entries: Type.Integer(),
  nextRunAt: Nullable(Instant),
  lastRun: Nullable(HarvestRunSchema),
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(['edit', ...HARVEST_ACTIONS])),
})
export type HarvestSource = Static<typeof HarvestSourceSchema>

const HarvestProblemSchema = Type.Object({
  identifier: Nullable(Type.String()),
  title: Nullable(Type.String()),
  code: Type.String(),
  detail: Type.String(),
})
export type HarvestProblem = Static<typeof HarvestProblemSchema>

/** One record of a source as it would come in. */
const HarvestSampleSchema = Type.Object({
  identifier: Type.String(), title: Type.String(), publisher: Nullable(Type.String()), theme: Type.String(), modified: Nullable(Type.String()), links: Type.Integer(),
})

const settings = {
  name: Words(120),
  kind: Type.Enum(HARVEST_KINDS),
  url: Type.String({ maxLength: 2000, pattern: '^https?://[^\\s\\u0000-\\u001f]+$' }),
  organisation: OrganisationCode,
  schedule: Type.Enum(HARVEST_SCHEDULES),
  publishes: Type.Boolean(),
}

const tag = 'harvest'
const SourceParams = Type.Object({ id: Id })
const readers = { steward: 'all', auditor: 'all', leader: 'all' } as const
const steward = { steward: 'all' } as const

export const harvestOperations = {
  listHarvestSources: operation({
    id: 'listHarvestSources', method: 'GET', path: '/api/v1/harvest/sources', tag, access: readers,
    summary: 'Other catalogues from which entries are taken over', query: Type.Object(PageQuery), response: Page(HarvestSourceSchema),
  }),
  createHarvestSource: operation({
    id: 'createHarvestSource', method: 'POST', path: '/api/v1/harvest/sources', tag, access: steward,
    summary: 'Register a catalogue; nothing is fetched before a run is asked for or due', body: Type.Object(settings), response: HarvestSourceSchema,
  }),
  previewHarvestSource: operation({
    id: 'previewHarvestSource', method: 'POST', path: '/api/v1/harvest/preview', tag, access: steward,
    summary: 'Fetch the beginning of a catalogue and show how its records would come in; nothing is kept',
    body: Type.Object({ kind: settings.kind, url: settings.url, organisation: settings.organisation }),
    response: Type.Object({ total: Nullable(Type.Integer()), items: Type.Array(HarvestSampleSchema), problems: Type.Array(HarvestProblemSchema) }),
  }),
  getHarvestSource: operation({
    id: 'getHarvestSource', method: 'GET', path: '/api/v1/harvest/sources/{id}', tag, access: readers,
    summary: 'One source with its last run', params: SourceParams, response: HarvestSourceSchema,
  }),
  changeHarvestSource: operation({
    id: 'changeHarvestSource', method: 'PATCH', path: '/api/v1/harvest/sources/{id}', tag, access: steward,
    summary: 'Change the settings of a source; its kind and address stay, for they say what its records are', params: SourceParams,
    body: Type.Object({
      name: Type.Optional(settings.name), organisation: Type.Optional(settings.organisation), schedule: Type.Optional(settings.schedule),
      publishes: Type.Optional(settings.publishes), revision: Type.Optional(Revision),
    }),
    response: HarvestSourceSchema,
  }),
  actOnHarvestSource: operation({
    id: 'actOnHarvestSource', method: 'POST', path: '/api/v1/harvest/sources/{id}/actions/{action}', tag, access: steward,
    summary: 'Run it, stop or resume the run, accept a held one, pause or remove the source',
    params: Type.Object({ id: Id, action: Type.Enum(HARVEST_ACTIONS) }),
    body: Type.Object({ reason: Type.Optional(Words(500, 0)) }), response: HarvestSourceSchema,
  }),
  listHarvestRuns: operation({
    id: 'listHarvestRuns', method: 'GET', path: '/api/v1/harvest/sources/{id}/runs', tag, access: readers,
    summary: 'Runs of a source, the latest first', params: SourceParams, query: Type.Object(PageQuery), response: Page(HarvestRunSchema),
  }),
  listHarvestProblems: operation({
    id: 'listHarvestProblems', method: 'GET', path: '/api/v1/harvest/sources/{id}/runs/{run}/problems', tag, access: readers,
    summary: 'Records that could not be taken over in a run, with the reason',
    params: Type.Object({ id: Id, run: Id }), query: Type.Object(PageQuery), response: Page(HarvestProblemSchema),
  }),
} as const
