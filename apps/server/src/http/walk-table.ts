/** What is prepared for the walk: things of one department that another must not learn of. */
export const SUBJECTS = [
  'draft', 'load', 'failedLoad', 'application', 'grant', 'app', 'key', 'link', 'webhook', 'pushTarget', 'derived', 'derivedName', 'rule', 'receipt', 'notice', 'credit', 'savedSearch', 'responsibility', 'negativeItem', 'demand', 'ledgerItem', 'bulkImport', 'ticket',
] as const
export type Subject = (typeof SUBJECTS)[number]

/** How an operation is asked for a thing: `open` says why whoever may call it by role may know all things that it names. */
export type Walk =
  | { readonly subject: Subject; readonly body?: object; readonly query?: string }
  | { readonly open: string }

const reason = { reason: '核查' }
const rule = { name: '规则', priority: 1, effect: 'route', conditions: [], revision: 1 }

/**
 * Every operation with a parameter in its path, written by hand: a second witness beside the handlers. Whoever adds an
 * operation says here which foreign thing its strangers shall ask for, or why there is none.
 */
export const WALK: Readonly<Record<string, Walk>> = {
  actOnUser: { open: 'the system administrator keeps all accounts' },
  setRoles: { open: 'the security officer keeps the roles of all accounts' },
  mergeOrganisation: { open: 'the system administrator keeps all departments' },
  createKey: { subject: 'app', body: { name: '系统' } },
  registerSigningKey: { subject: 'app', body: { name: '签名', publicKey: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=' } },
  rotateKey: { subject: 'key', body: { overlapHours: 0 } },
  revokeKey: { subject: 'key', body: reason },
  getLoad: { subject: 'load' },
  loadEvents: { subject: 'load' },
  listRejects: { subject: 'load' },
  retryLoad: { subject: 'failedLoad' },
  listVersions: { subject: 'draft' },
  useVersion: { subject: 'draft', body: reason },
  getCalendar: { open: 'the working calendar is one for all' },
  getEntry: { subject: 'draft' },
  updateEntry: { subject: 'draft', body: { summary: '改' } },
  actOnEntry: { subject: 'draft', body: reason },
  actOnEntryClocks: { open: 'the path names a step; foreign clocks are refused one by one, as unknown ones are' },
  reportEntryChange: { subject: 'draft', body: { what: 'data', knownOn: '2026-11-20', note: '变' } },
  followEntry: { subject: 'draft', body: {} },
  unfollowEntry: { open: 'letting go of what one does not follow changes nothing and answers alike for all codes' },
  changeSavedSearch: { subject: 'savedSearch', body: { paused: true } },
  deleteSavedSearch: { subject: 'savedSearch' },
  changeResponsibility: { subject: 'responsibility', body: { entryCode: null, revision: 0 } },
  removeResponsibility: { open: 'the steward keeps the lists of all departments' },
  actOnNegativeItem: { subject: 'negativeItem', body: reason },
  getDemand: { subject: 'demand' },
  supportDemand: { open: 'demands are there to be supported; one kept to departments is not there for others' },
  actOnDemand: { open: 'every department sees the demands of the others; steps are refused by their party' },
  getTicket: { subject: 'ticket' },
  actOnTicket: { subject: 'ticket', body: reason },
  commentOnTicket: { subject: 'ticket', body: { text: '核查' } },
  reportError: { subject: 'draft', body: { description: '泊位数不对' } },
  getReport: { subject: 'ticket' },
  actOnReport: { subject: 'ticket', body: reason },
  setDuty: { open: 'departments are known to all; another one’s officer is refused like an unknown department’s' },
  traceCell: { subject: 'draft', query: '?field=名称&row=1' },
  entryHistory: { subject: 'draft' },
  listEntryRevisions: { subject: 'draft' },
  compareEntryRevisions: { subject: 'draft', query: '?from=0&to=1' },
  listRelatedEntries: { subject: 'draft' },
  removeSearchWord: { open: 'the steward keeps all words of the search' },
  changeClassification: { open: 'the classification is one for all' },
  getElement: { open: 'the standard is public' },
  elementUses: { open: 'the standard is public; uses are told only of entries that the caller may see' },
  saveElement: { open: 'the steward keeps the one standard of all' },
  actOnElement: { open: 'the steward keeps the one standard of all' },
  getCodeList: { open: 'the standard is public' },
  listCodes: { open: 'the standard is public' },
  getCode: { open: 'the standard is public' },
  compareCodeList: { open: 'the standard is public' },
  abolishCodeList: { open: 'the steward keeps the one standard of all' },
  getStandardsImport: { open: 'the steward keeps the one standard of all, and the auditor sees all imports' },
  actOnStandardsImport: { open: 'the steward keeps the one standard of all' },
  getEntryConformity: { subject: 'draft' },
  getProfile: { subject: 'draft' },
  getQuality: { subject: 'draft' },
  getApplication: { subject: 'application' },
  actOnApplication: { subject: 'application', body: { ...reason, legalBasis: '条例' } },
  applicationPrecedents: { subject: 'application' },
  getRuling: { subject: 'application' },
  getGrant: { subject: 'grant' },
  getRule: { subject: 'rule' },
  changeRule: { subject: 'rule', body: rule },
  actOnRule: { subject: 'rule', body: { ...reason, revision: 1 } },
  setDuties: { open: 'the steward keeps the duty lists of all departments' },
  savePurpose: { open: 'the catalogue of purposes is one for all' },
  getPurposeNeeds: { open: 'the catalogue of purposes is one for all' },
  setPurposeNeeds: { open: 'the catalogue of purposes is one for all' },
  readRows: { subject: 'draft' },
  describeRows: { subject: 'draft' },
  download: { subject: 'draft', query: '?format=csv' },
  verify: { subject: 'draft', body: { 登记号: 'B000001' } },
  resourceOpenApi: { subject: 'draft' },
  resourceSamples: { subject: 'draft' },
  makeLink: { subject: 'draft', body: { format: 'csv' } },
  listLinks: { subject: 'draft' },
  getLink: { subject: 'link' },
  endLink: { subject: 'link' },
  followLink: { open: 'who has the token may follow it once; nobody is asked who he is' },
  readChanges: { subject: 'draft' },
  makeWebhook: { subject: 'draft', body: { url: 'http://127.0.0.1:9/hook' } },
  listWebhooks: { subject: 'draft' },
  getWebhook: { subject: 'webhook' },
  actOnWebhook: { subject: 'webhook', body: {} },
  endWebhook: { subject: 'webhook' },
  listDeadBatches: { subject: 'webhook' },
  makePushTarget: { subject: 'draft', body: { kind: 'postgresql', host: '127.0.0.1', port: 9, database: 'd', table: 't', user: 'u', password: 'p' } },
  listPushTargets: { subject: 'draft' },
  getPushTarget: { subject: 'pushTarget' },
  actOnPushTarget: { subject: 'pushTarget' },
  endPushTarget: { subject: 'pushTarget' },
  readDerived: { subject: 'derivedName' },
  getDerived: { subject: 'derived' },
  changeDerived: {
    subject: 'derived',
    body: { title: '改', revision: 1, definition: { sources: [{ entryCode: '301001-000001' }], select: [{ source: 0, field: '名' }], filters: [], parameters: [], limit: 1 } },
  },
  retireDerived: { subject: 'derived', body: { ...reason, revision: 1 } },
  getReceipt: { subject: 'receipt' },
  getAudit: { open: 'audits are the auditor’s, who sees all' },
  getCredit: { subject: 'credit' },
  getMetadataScore: { subject: 'draft' },
  getBulkImport: { subject: 'bulkImport' },
  listBulkRows: { subject: 'bulkImport' },
  previewBulkImport: { subject: 'bulkImport', body: { columns: [], fixed: [], words: [] } },
  actOnBulkImport: { subject: 'bulkImport', body: reason },
  getLedgerItem: { subject: 'ledgerItem' },
  changeLedgerItem: { subject: 'ledgerItem', body: { name: '改' } },
  getHarvestSource: { open: 'who reads sources of the catalogue reads all of them' },
  changeHarvestSource: { open: 'who reads sources of the catalogue reads all of them' },
  actOnHarvestSource: { open: 'who reads sources of the catalogue reads all of them' },
  listHarvestRuns: { open: 'who reads sources of the catalogue reads all of them' },
  listHarvestProblems: { open: 'who reads sources of the catalogue reads all of them' },
}

/** How an operation is asked that names a thing in its query, or in the body that is made of it and of a published entry. */
export type Naming = { readonly subject: Subject; readonly body?: (id: string, published: string) => object } | { readonly open: string }

const application = (change: object) => ({ fields: ['登记号'], purpose: '核查', use: '系统', delivery: 'api', until: '2027-06-30', ...change })
const asked: Readonly<Record<string, Naming>> = {
  entryCode: { subject: 'draft', body: (entryCode) => application({ entryCode }) },
  appId: { subject: 'app', body: (appId, entryCode) => application({ entryCode, appId }) },
  renews: { subject: 'grant', body: (renews, entryCode) => application({ entryCode, renews }) },
  changes: { subject: 'grant', body: (changes, entryCode) => application({ entryCode, changes }) },
}
const derivedFrom = (entryCode: string) => ({
  name: 'of-another', title: '接口', definition: { sources: [{ entryCode }], select: [{ source: 0, field: '登记号' }], filters: [], parameters: [], limit: 1 },
})
const resource = (change: object) => ({
  kind: 'system', name: '系统', description: '', organisation: '11990100MB0000002B', operator: '', partOf: null, entryCodes: [], protectionLevel: null, since: null,
  yearlyCost: null, capacity: null, used: null, unit: '', state: 'running', ...change,
})
const inQuery: Readonly<Record<string, Naming>> = { grantId: { subject: 'grant' }, entryCode: { subject: 'draft' } }
const kept = { open: 'kept as it was given: a limit gives no way to what it names' }

/** Every place in a query or a body where a thing is named by its id or code, by the name of the place. */
export const NAMED: Readonly<Record<string, Readonly<Record<string, Naming>>>> = {
  createKey: { entryCodes: kept },
  registerSigningKey: { entryCodes: kept },
  listLoads: { entryCode: { subject: 'draft' } },
  listLedger: { entryCode: { subject: 'draft' } },
  addToLedger: { entryCodes: { subject: 'draft', body: (code) => resource({ entryCodes: [code] }) }, partOf: { subject: 'ledgerItem', body: (partOf) => resource({ partOf }) } },
  changeLedgerItem: { entryCodes: { open: 'looked up as at entering' }, partOf: { open: 'looked up as at entering' } },
  apply: asked,
  previewApplication: asked,
  listApplications: inQuery,
  bulkDecide: { ids: { subject: 'application', body: (id) => ({ ids: [id], action: 'refuse', ...reason, legalBasis: '条例' }) } },
  listGrants: { entryCode: { subject: 'draft' } },
  listEvaluations: inQuery,
  replayRule: { ruleId: { subject: 'rule', body: (ruleId) => ({ ruleId }) } },
  getPurposeNeeds: { entryCode: { subject: 'draft' } },
  setPurposeNeeds: { entryCode: { open: 'the steward sees all entries' } },
  updateEntry: { code: { open: 'of relations: one to what is not seen is refused like one to what is not there, which the tests of relations hold' } },
  adviseFields: { entryCode: { subject: 'draft', body: (entryCode) => ({ entryCode, fields: ['登记号'] }) } },
  usage: inQuery,
  createDerived: { entryCode: { subject: 'draft', body: derivedFrom } },
  listDerived: { entryCode: { subject: 'draft' } },
  changeDerived: { entryCode: { open: 'looked up after the interface itself; creation asks the same' } },
  actOnEntry: { replacedBy: { open: 'looked up after the entry itself, as far as the caller sees it' } },
  actOnEntryClocks: { ids: { open: 'answered one by one: a foreign clock as an unknown one' } },
  addNegativeItem: { entryCode: { subject: 'draft', body: (entryCode) => ({ entryCode, fields: [], against: 'both', ground: 'law', legalBasis: '某法' }) } },
  listNegativeItems: { entryCode: { subject: 'draft' } },
  addResponsibility: { entryCode: { open: 'the steward sees all entries' } },
  changeResponsibility: { entryCode: { open: 'looked up after the item; an entry of another department is refused as an unknown one' } },
  actOnDemand: { entryCode: { open: 'looked up after the demand; an entry of another department is refused as an unknown one' }, into: { open: 'the steward sees all demands' } },
  listTickets: { entryCode: { subject: 'draft' } },
  readNotices: { ids: { subject: 'notice', body: (id) => ({ ids: [id] }) } },
}
