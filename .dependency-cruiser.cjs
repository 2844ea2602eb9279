/**
 * Who may import whom: the table of docs/architecture.md, one rule a line of it. Tests may reach wider (a store for a
 * test, another package's builders); product code may not. `tools/check.ts` also asserts how many modules were cruised.
 */
const TEST = '\\.test\\.tsx?$|/testing(/|\\.ts$)'
/** The pure libraries except the kernel; $1 in a rule is the library's own name. */
const PURE = '^packages/(?!kernel/|adapters/)([^/]+)/'

/** The server's modules in the way of the data: each imports only from those before it. */
const MODULES = [
  'evidence', 'identity', 'calendar', 'standards', 'catalog', 'collection', 'quality', 'tickets', 'protection', 'sharing', 'delivery', 'lists', 'ledger', 'interchange',
  'harvest', 'notices', 'governance',
]
const leftwards = MODULES.slice(0, -1).map((module, index) => ({
  name: `${module}-imports-leftwards`,
  comment: 'What a module needs from its right is handed to it by compose.ts, or told by an event.',
  severity: 'error',
  from: { path: `^apps/server/src/modules/${module}/`, pathNot: TEST },
  to: { path: `^apps/server/src/modules/(${MODULES.slice(index + 1).join('|')})/` },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules in a cycle cannot be understood, tested or moved one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'Each import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^packages/kernel/', pathNot: TEST },
      to: { pathNot: '^packages/kernel/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'pure-library-imports-kernel-only',
      comment: 'A sibling only with a decision record, and then with a line here.',
      severity: 'error',
      from: { path: PURE, pathNot: [TEST, '^packages/(quality-rules|cleansing)/'] },
      to: { path: '^packages/', pathNot: ['^packages/kernel/', '^packages/$1/'] },
    },
    {
      name: 'quality-rules-speaks-to-engine-recognisers-and-standards',
      comment: 'docs/decisions/0012-rules-are-asked-of-the-engine.md',
      severity: 'error',
      from: { path: '^packages/quality-rules/', pathNot: TEST },
      to: { path: '^packages/', pathNot: '^packages/(kernel|quality-rules|data-engine|recognizers|standards)/' },
    },
    {
      name: 'cleansing-speaks-to-recognisers-and-standards',
      comment: 'docs/decisions/0013-recipes-clean-texts.md',
      severity: 'error',
      from: { path: '^packages/cleansing/', pathNot: TEST },
      to: { path: '^packages/', pathNot: '^packages/(kernel|cleansing|recognizers|standards)/' },
    },
    {
      name: 'library-imports-no-app',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|bench|e2e|tools)/' },
    },
    {
      name: 'pure-library-has-no-world',
      comment: 'Files, network, processes and clocks are passed in.',
      severity: 'error',
      from: { path: '^packages/(?!adapters/)', pathNot: TEST },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib|buffer|stream|stream/web|util)$' },
    },
    {
      name: 'adapter-imports-its-port-only',
      severity: 'error',
      from: { path: '^packages/adapters/([^/]+)/', pathNot: TEST },
      to: { path: '^packages/', pathNot: ['^packages/kernel/', '^packages/data-engine/', '^packages/adapters/$1/'] },
    },
    {
      name: 'only-engines-know-the-engine-port',
      severity: 'error',
      from: { path: '^packages/adapters/(?!data-engine-)' },
      to: { path: '^packages/data-engine/' },
    },
    {
      name: 'module-by-its-door',
      comment: 'A server module is entered through its index.ts.',
      severity: 'error',
      from: { path: '^apps/server/src/modules/([^/]+)/', pathNot: TEST },
      to: { path: '^apps/server/src/modules/', pathNot: ['^apps/server/src/modules/$1/', '^apps/server/src/modules/[^/]+/index\\.ts$'] },
    },
    ...leftwards,
    {
      name: 'every-module-has-its-place',
      comment: 'A new module gets its place in MODULES above.',
      severity: 'error',
      from: { path: `^apps/server/src/modules/(?!(${MODULES.join('|')})/)` },
      to: {},
    },
    {
      name: 'module-does-not-know-its-surroundings',
      comment: 'Modules are mounted by compose.ts; they do not reach out to it, to main.ts or to config.ts.',
      severity: 'error',
      from: { path: '^apps/server/src/modules/', pathNot: TEST },
      to: { path: '^apps/server/src/(main|compose|config)\\.ts$' },
    },
    {
      name: 'platform-and-http-import-no-module',
      severity: 'error',
      from: { path: '^apps/server/src/(http|platform)/', pathNot: TEST },
      to: { path: '^apps/server/src/(modules|compose\\.ts|main\\.ts)' },
    },
    {
      name: 'engines-are-named-in-compose',
      comment: 'compose.ts alone names DuckDB, Trino and Redis; the benchmarks measure them.',
      severity: 'error',
      from: { pathNot: ['^apps/server/src/compose(\\.ts|/)', '^bench/', '^packages/adapters/data-engine-', TEST] },
      to: { path: ['^packages/adapters/data-engine-', 'node_modules/(@duckdb|ioredis|trino-client)/'] },
    },
    {
      name: 'web-and-cli-never-the-server',
      severity: 'error',
      from: { path: '^apps/(web|cli)/' },
      to: { path: ['^apps/server/', '^packages/adapters/'] },
    },
    {
      name: 'portal-and-console-are-apart',
      severity: 'error',
      from: { path: '^apps/web/src/(portal|console)/' },
      to: { path: '^apps/web/src/(portal|console)/', pathNot: '^apps/web/src/$1/' },
    },
    {
      name: 'shared-pages-know-neither-face',
      severity: 'error',
      from: { path: '^apps/web/src/shared/' },
      to: { path: '^apps/web/src/(portal|console)/' },
    },
    {
      name: 'server-never-web-or-cli',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: ['^apps/(web|cli)/', '^(bench|e2e|tools)/'] },
    },
    {
      name: 'product-imports-no-test',
      severity: 'error',
      from: { pathNot: [TEST, '^e2e/', '^bench/'] },
      to: { path: TEST, pathNot: 'node_modules' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    preserveSymlinks: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|var|\\.git)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
