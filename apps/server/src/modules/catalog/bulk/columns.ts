import { fold } from '@datong/catalog-search'
import { BULK_PROPERTIES, type BulkProperty } from '@datong/contracts'

interface Column {
  readonly title: string
  readonly titleEn: string
  /** What it says, for the sheet that explains. */
  readonly about: string
  readonly aboutEn: string
  /** Other names that files give it; simplified or English, compared as `foldName` writes them. */
  readonly also: readonly string[]
}

/** The columns of a sheet of entries: core metadata of 《政务信息资源目录编制指南》 and what the platform keeps beside it. */
export const COLUMNS: Readonly<Record<BulkProperty, Column>> = {
  code: { title: '信息资源代码', titleEn: 'Code', about: '条目的代码。填了就改这个条目，留空则新建', aboutEn: 'Of the entry to change; empty makes a new one', also: ['代码', '目录代码', '资源代码', '条目代码', 'entry code'] },
  revision: { title: '修订号', titleEn: 'Revision', about: '导出时的修订号，不要改。之后别人改过的条目会列为冲突', aboutEn: 'As exported; leave it. Entries changed since are told as conflicts', also: ['revision'] },
  title: { title: '信息资源名称', titleEn: 'Title', about: '新条目必填', aboutEn: 'Required for a new entry', also: ['名称', '资源名称', '资料名称', '数据名称', '数据集名称', '资料集名称', '目录名称', '标题', 'name', 'dataset title', 'dataset name'] },
  titleEn: { title: '英文名称', titleEn: 'English title', about: '', aboutEn: '', also: ['名称（英文）', 'title en', 'title (english)'] },
  organisation: { title: '信息资源提供方', titleEn: 'Organisation', about: '部门名称或统一社会信用代码；已有条目不能换部门', aboutEn: 'Name or code; an entry stays with its organisation', also: ['提供方', '提供单位', '提供部门', '部门', '机关', '资料来源', '提供机关', '资料集提供机关', '数据提供方', 'publisher', 'department', 'agency'] },
  summary: { title: '信息资源摘要', titleEn: 'Summary', about: '', aboutEn: '', also: ['摘要', '描述', '简介', '资料集描述', '数据集描述', '资料描述', 'description', 'abstract'] },
  theme: { title: '主题', titleEn: 'Theme', about: '', aboutEn: '', also: ['主题分类', '数据领域', '服务分类', 'category'] },
  classification: { title: '信息资源分类', titleEn: 'Classification', about: '类、项、目、细目的代码，六到十二位数字', aboutEn: 'Six to twelve digits of the classification', also: ['分类代码', '分类编码', 'classification code'] },
  resourceFormat: { title: '信息资源格式', titleEn: 'Format', about: '', aboutEn: '', also: ['资源格式', '数据格式', 'resource format'] },
  keywords: { title: '关键词', titleEn: 'Keywords', about: '多个词用顿号、逗号或分号分开', aboutEn: 'Separated by commas or semicolons', also: ['关键字', '标签', '标签/关键字', '标签关键字', 'tags', 'keyword'] },
  sharingType: { title: '共享类型', titleEn: 'Sharing', about: '', aboutEn: '', also: ['共享属性', 'sharing type'] },
  sharingCondition: { title: '共享条件', titleEn: 'Sharing condition', about: '有条件共享时写明', aboutEn: 'For conditional sharing', also: [] },
  sharingWays: { title: '共享方式', titleEn: 'Ways of sharing', about: '多种方式用顿号分开', aboutEn: 'Separated by commas', also: ['共享方式分类'] },
  legalBasis: { title: '不予共享依据', titleEn: 'Legal basis', about: '不予共享时写明法律、行政法规或国务院文件', aboutEn: 'For what is not shared', also: ['依据', '法律依据'] },
  openingType: { title: '开放类型', titleEn: 'Opening', about: '', aboutEn: '', also: ['开放属性', '是否向社会开放', '是否开放', 'opening type'] },
  openingCondition: { title: '开放条件', titleEn: 'Opening condition', about: '', aboutEn: '', also: [] },
  updateCycle: { title: '更新周期', titleEn: 'Update cycle', about: '', aboutEn: '', also: ['更新频率', '更新频次', 'frequency', 'update frequency', 'accrual periodicity'] },
  licence: { title: '开放许可', titleEn: 'Licence', about: '', aboutEn: '', also: ['许可', '许可协议', '授权方式', '授权条款', 'license'] },
  contact: { title: '联系人', titleEn: 'Contact', about: '', aboutEn: '', also: ['资料集提供机关联络人', '提供机关联络人', '联络人', '联系方式', 'contact name'] },
  contactPhone: { title: '联系电话', titleEn: 'Phone', about: '', aboutEn: '', also: ['电话', '资料集提供机关电话', '提供机关联络人电话', '联络人电话', 'contact phone', 'telephone'] },
  contactEmail: { title: '联系邮箱', titleEn: 'Email', about: '', aboutEn: '', also: ['邮箱', '电子邮件', '资料集提供机关联络人电子邮件', '提供机关联络人电子邮件', '联络人电子邮件', 'contact email', 'e-mail'] },
  division: { title: '空间范围', titleEn: 'Division', about: '行政区划代码', aboutEn: 'Code of GB/T 2260', also: ['行政区划', '行政区划代码', 'spatial'] },
  temporalFrom: { title: '时间范围起', titleEn: 'From', about: '日期，如 2026-01-31', aboutEn: 'A date such as 2026-01-31', also: ['收录期间起', '开始时间', 'temporal from', 'temporal start'] },
  temporalTo: { title: '时间范围止', titleEn: 'To', about: '日期，如 2026-01-31', aboutEn: 'A date such as 2026-01-31', also: ['收录期间迄', '结束时间', 'temporal to', 'temporal end'] },
  visibility: { title: '可见范围', titleEn: 'Visibility', about: '', aboutEn: '', also: [] },
  visibleTo: { title: '可见部门', titleEn: 'Visible to', about: '部门名称或代码，用顿号分开', aboutEn: 'Names or codes of organisations', also: ['指定部门'] },
  linkUrl: { title: '数据链接', titleEn: 'Link', about: '在别处的数据的地址；有几个链接的条目不能在表里改', aboutEn: 'Address of data kept elsewhere; entries with several links keep them', also: ['资料连结网址', '资料下载网址', '下载地址', '链接', '数据地址', '网址', 'url', 'download url', 'access url'] },
  linkFormat: { title: '链接格式', titleEn: 'Link format', about: '如 CSV', aboutEn: 'Such as CSV', also: ['档案格式', '文件格式', 'file format'] },
}

/** One way of writing a name or word: script, width, case, blanks and punctuation do not count. */
export const foldName = (text: string): string => fold(text.normalize('NFKC')).toLowerCase().replace(/[\s_\-()（）:：*.,，、]/g, '')

const KNOWN: ReadonlyMap<string, BulkProperty> = new Map(BULK_PROPERTIES.flatMap((property) => {
  const { title, titleEn, also } = COLUMNS[property]
  return [property, title, titleEn, ...also].map((name): [string, BulkProperty] => [foldName(name), property])
}))

/** What each heading of a file most likely means; of two that mean the same the first counts. */
export function suggestColumns(names: readonly string[]): (BulkProperty | null)[] {
  const taken = new Set<BulkProperty>()
  return names.map((name) => {
    const property = KNOWN.get(foldName(name))
    if (property === undefined || taken.has(property)) return null
    taken.add(property)
    return property
  })
}
