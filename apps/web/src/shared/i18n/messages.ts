import type apply from '../messages/zh-CN/apply.json'
import type board from '../messages/zh-CN/board.json'
import type bulk from '../messages/zh-CN/bulk.json'
import type capture from '../messages/zh-CN/capture.json'
import type catalog from '../messages/zh-CN/catalog.json'
import type checks from '../messages/zh-CN/checks.json'
import type clocks from '../messages/zh-CN/clocks.json'
import type collection from '../messages/zh-CN/collection.json'
import type common from '../messages/zh-CN/common.json'
import type delivery from '../messages/zh-CN/delivery.json'
import type derived from '../messages/zh-CN/derived.json'
import type entry from '../messages/zh-CN/entry.json'
import type errors from '../messages/zh-CN/errors.json'
import type evidence from '../messages/zh-CN/evidence.json'
import type following from '../messages/zh-CN/following.json'
import type forms from '../messages/zh-CN/forms.json'
import type governance from '../messages/zh-CN/governance.json'
import type harvest from '../messages/zh-CN/harvest.json'
import type lake from '../messages/zh-CN/lake.json'
import type ledger from '../messages/zh-CN/ledger.json'
import type lists from '../messages/zh-CN/lists.json'
import type metadata from '../messages/zh-CN/metadata.json'
import type notices from '../messages/zh-CN/notices.json'
import type overview from '../messages/zh-CN/overview.json'
import type portal from '../messages/zh-CN/portal.json'
import type protection from '../messages/zh-CN/protection.json'
import type purposes from '../messages/zh-CN/purposes.json'
import type quality from '../messages/zh-CN/quality.json'
import type recipes from '../messages/zh-CN/recipes.json'
import type rules from '../messages/zh-CN/rules.json'
import type search from '../messages/zh-CN/search.json'
import type settings from '../messages/zh-CN/settings.json'
import type sharing from '../messages/zh-CN/sharing.json'
import type shell from '../messages/zh-CN/shell.json'
import type sources from '../messages/zh-CN/sources.json'
import type standards from '../messages/zh-CN/standards.json'
import type tickets from '../messages/zh-CN/tickets.json'
import type workbench from '../messages/zh-CN/workbench.json'

/** English counts in two forms, Chinese in one: `rows_one` and `rows_other` are both asked for as `rows`. */
type Asked<K> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K
type Area<Name extends string, File> = `${Name}.${Asked<Extract<keyof File, string>>}`

/** Each text of the interface. A key that does not exist does not compile. */
export type MessageKey =
  | Area<'apply', typeof apply>
  | Area<'board', typeof board>
  | Area<'bulk', typeof bulk>
  | Area<'capture', typeof capture>
  | Area<'catalog', typeof catalog>
  | Area<'checks', typeof checks>
  | Area<'clocks', typeof clocks>
  | Area<'collection', typeof collection>
  | Area<'common', typeof common>
  | Area<'delivery', typeof delivery>
  | Area<'derived', typeof derived>
  | Area<'entry', typeof entry>
  | Area<'errors', typeof errors>
  | Area<'evidence', typeof evidence>
  | Area<'following', typeof following>
  | Area<'forms', typeof forms>
  | Area<'governance', typeof governance>
  | Area<'harvest', typeof harvest>
  | Area<'lake', typeof lake>
  | Area<'ledger', typeof ledger>
  | Area<'lists', typeof lists>
  | Area<'metadata', typeof metadata>
  | Area<'notices', typeof notices>
  | Area<'overview', typeof overview>
  | Area<'portal', typeof portal>
  | Area<'protection', typeof protection>
  | Area<'purposes', typeof purposes>
  | Area<'quality', typeof quality>
  | Area<'recipes', typeof recipes>
  | Area<'rules', typeof rules>
  | Area<'search', typeof search>
  | Area<'settings', typeof settings>
  | Area<'sharing', typeof sharing>
  | Area<'shell', typeof shell>
  | Area<'sources', typeof sources>
  | Area<'standards', typeof standards>
  | Area<'tickets', typeof tickets>
  | Area<'workbench', typeof workbench>
