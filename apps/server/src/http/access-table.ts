/**
 * Who may call what, written by hand from the Powers of the domain: a second witness beside the contracts. Whoever
 * changes an `access` there must say so here too.
 *
 * One column for each role: provider, consumer, steward, security, sysadmin, auditor, leader, developer, and last somebody
 * who is not signed in. `own`: objects of the own organisation · `all`: objects of every organisation · `-`: refused.
 */
export const ACCESS_TABLE: Readonly<Record<string, string>> = {
  //                    prov cons stew secu sysa audi lead deve public
  signIn: '             own  own  own  own  own  own  own  own  own',
  currentSession: '     own  own  own  own  own  own  own  own  own',
  signOut: '            own  own  own  own  own  own  own  own  -',
  listRegions: '        own  own  own  own  own  own  own  own  own',
  listOrganisations: '  own  own  own  own  own  own  own  own  own',
  // Users: created and locked by the system administrator, roles by the security officer, read by the auditor.
  listUsers: '          -    -    -    all  all  all  -    -    -',
  createUser: '         -    -    -    -    all  -    -    -    -',
  actOnUser: '          -    -    -    -    all  -    -    -    -',
  setRoles: '           -    -    -    all  -    -    -    -    -',
  // Systems and their keys belong to those who call for data.
  listApps: '           own  own  -    -    -    -    -    own  -',
  createApp: '          own  own  -    -    -    -    -    own  -',
  createKey: '          own  own  -    -    -    -    -    own  -',
  registerSigningKey: ' own  own  -    -    -    -    -    own  -',
  rotateKey: '          own  own  -    -    -    -    -    own  -',
  revokeKey: '          own  own  -    all  -    -    -    own  -',
  // Collection is the provider's own work; the steward and the auditor look on.
  upload: '             own  -    -    -    -    -    -    -    -',
  listLoads: '          own  -    all  -    -    all  -    -    -',
  getLoad: '            own  -    all  -    -    all  -    -    -',
  loadEvents: '         own  -    all  -    -    all  -    -    -',
  // Rejected rows are rows: nobody reads them for being of a role, only their owner.
  listRejects: '        own  -    -    -    -    -    -    -    -',
  retryLoad: '          own  -    -    -    -    -    -    -    -',
  listVersions: '       own  own  own  own  own  own  own  own  own',
  useVersion: '         own  -    -    -    -    -    -    -    -',
  // The catalogue is read as far as each may see it.
  searchEntries: '      own  own  own  own  own  own  own  own  own',
  getEntry: '           own  own  own  own  own  own  own  own  own',
  updateEntry: '        own  -    all  -    -    -    -    -    -',
  actOnEntry: '         own  -    all  -    -    -    -    -    -',
  entryHistory: '       own  -    all  -    -    all  -    -    -',
  catalogSummary: '     own  own  own  own  own  own  own  own  own',
  getProfile: '         own  own  own  own  own  own  own  own  own',
  getQuality: '         own  own  own  own  own  own  own  own  own',
  listMaskingMethods: ' own  own  own  own  own  own  own  own  -',
  getMaskingPolicy: '   all  -    all  all  -    all  -    -    -',
  setMaskingPolicy: '   -    -    -    all  -    -    -    -    -',
  // Applications: consumers make them, providers decide, the security officer suspends and revokes, others look on.
  apply: '              -    own  -    -    -    -    -    own  -',
  listApplications: '   own  own  all  all  -    all  all  own  -',
  getApplication: '     own  own  all  all  -    all  all  own  -',
  actOnApplication: '   own  own  all  all  -    -    -    own  -',
  // The bureau watches all clocks, mediates, sets the limits; who decides sees how it was decided before.
  previewApplication: ' -    own  -    -    -    -    -    own  -',
  bulkDecide: '         own  -    all  -    -    -    -    -    -',
  applicationPrecedents:'own  -    all  -    -    -    -    -    -',
  listEvaluations: '    own  own  all  all  -    all  all  own  -',
  sharingBoard: '       own  -    all  -    -    all  all  -    -',
  listSharingSettings: 'own  own  all  all  -    all  all  own  -',
  setSharingSettings: ' -    -    all  -    -    -    -    -    -',
  listGrants: '         own  own  all  all  -    all  all  own  -',
  getGrant: '           own  own  all  all  -    all  all  own  -',
  sharingSummary: '     own  own  all  all  -    all  all  own  -',
  // Rules: the steward for the city, a department for its own entries; what a rule decided is read by the parties.
  describeRuleAttributes: 'own -    all  -    -    all  all  -    -',
  listRules: '          own  -    all  -    -    all  all  -    -',
  getRule: '            own  -    all  -    -    all  all  -    -',
  createRule: '         own  -    all  -    -    -    -    -    -',
  changeRule: '         own  -    all  -    -    -    -    -    -',
  actOnRule: '          own  -    all  -    -    -    -    -    -',
  replayRule: '         own  -    all  -    -    -    -    -    -',
  getRuling: '          own  own  all  all  -    all  all  own  -',
  listDuties: '         own  -    all  -    -    all  all  -    -',
  setDuties: '          -    -    all  -    -    -    -    -    -',
  // Purposes are for everybody who asks or decides; the steward keeps them.
  listPurposes: '       all  all  all  all  -    all  all  all  -',
  savePurpose: '        -    -    all  -    -    -    -    -    -',
  getPurposeNeeds: '    all  all  all  all  -    all  all  all  -',
  setPurposeNeeds: '    -    -    all  -    -    -    -    -    -',
  adviseFields: '       own  own  all  -    -    -    -    own  -',
  // Rows come through grants, opening or ownership, never through a role: delivery decides for each.
  readRows: '           own  own  own  own  own  own  own  own  own',
  describeRows: '       own  own  own  own  own  own  own  own  own',
  download: '           own  own  own  own  own  own  own  own  own',
  verify: '             own  own  own  own  own  own  own  own  own',
  makeLink: '           own  own  own  own  own  own  own  own  own',
  listLinks: '          own  own  own  own  own  own  own  own  own',
  getLink: '            own  own  own  own  own  own  own  own  own',
  endLink: '            own  own  own  own  own  own  own  own  own',
  followLink: '         own  own  own  own  own  own  own  own  own',
  resourceOpenApi: '    own  own  own  own  own  own  own  own  own',
  resourceSamples: '    own  own  own  own  own  own  own  own  own',
  readChanges: '         own  own  own  own  own  own  own  own  own',
  makeWebhook: '         own  own  own  own  own  own  own  own  own',
  listWebhooks: '        own  own  own  own  own  own  own  own  own',
  getWebhook: '          own  own  own  own  own  own  own  own  own',
  actOnWebhook: '        own  own  own  own  own  own  own  own  own',
  endWebhook: '          own  own  own  own  own  own  own  own  own',
  listDeadBatches: '     own  own  own  own  own  own  own  own  own',
  usage: '              own  own  all  all  -    all  all  own  -',
  listEvidence: '       own  own  all  all  -    all  -    own  -',
  getReceipt: '         own  own  own  own  own  own  own  own  own',
  evidenceStatus: '     own  own  own  own  own  own  own  own  own',
  startAudit: '         -    -    -    -    -    all  -    -    -',
  getAudit: '           -    -    -    -    -    all  -    -    -',
  // Departments see how they are judged; those who answer for all see all.
  listCredit: '         own  own  all  -    -    all  all  -    -',
  getCredit: '          own  own  all  -    -    all  all  -    -',
  listSleeping: '       own  own  all  -    -    all  all  -    -',
  // Each reads what is addressed to him.
  listNotices: '        own  own  own  own  own  own  own  own  -',
  readNotices: '        own  own  own  own  own  own  own  own  -',
}
