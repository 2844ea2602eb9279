import { type BulkWorded, LICENCES, OPENING_TYPES, RESOURCE_FORMATS, SHARING_TYPES, SHARING_WAYS, THEMES, UPDATE_CYCLES, VISIBILITIES } from '@datong/contracts'
import { foldName } from './columns.ts'

/** Codes with the words that an export writes for them, and others that files use. */
type Words = Readonly<Record<string, readonly [zh: string, en: string, ...also: string[]]>>

const WORDS: Readonly<Record<BulkWorded, Words>> = {
  theme: {
    market: ['市场监管', 'Market'], employment: ['就业社保', 'Employment', '求职及就业', '社会保障'], housing: ['住房城建', 'Housing', '购屋及迁徙', '购屋及迁徒'], health: ['医疗卫生', 'Health', '就医', '生育保健', '卫生健康'],
    education: ['教育', 'Education', '求学及进修', '教育文化'], transport: ['交通运输', 'Transport', '交通及通讯', '道路交通'], environment: ['生态环境', 'Environment', '资源环境', '气象服务'], finance: ['财税金融', 'Finance'],
    'civil-affairs': ['民政', 'Civil affairs', '婚姻', '生命礼仪', '老年安养', '出生及收养', '社会救助'], 'public-security': ['公共安全', 'Public security', '生活安全及品质', '安全生产'], agriculture: ['农业农村', 'Agriculture'],
    culture: ['文化旅游', 'Culture', '休闲旅游', '文化休闲'], energy: ['能源', 'Energy'], law: ['司法', 'Law', '法律服务'], science: ['科技', 'Science', '科技创新'], other: ['其他', 'Other'],
  },
  resourceFormat: {
    database: ['数据库', 'Database', 'dbf', 'sql'], spreadsheet: ['电子表格', 'Spreadsheet', 'csv', 'xls', 'xlsx', 'ods', 'tsv', 'et'], document: ['电子文件', 'Document', 'pdf', 'doc', 'docx', 'txt', 'odt', 'wps', 'ofd', 'html'],
    image: ['图形图像', 'Image', 'jpg', 'jpeg', 'png', 'tif', 'tiff', 'gif'], media: ['流媒体', 'Media', 'mp3', 'mp4', 'swf', 'wmv'], interface: ['服务接口', 'Interface', 'api', '接口', 'webservice', 'wms', 'wmts'],
    'self-describing': ['自描述格式', 'Self-describing', 'json', 'xml', 'shp', 'shx', 'kml', 'kmz', 'geojson', 'rdf', 'arcgis'], other: ['其他', 'Other', 'url', 'web', 'zip'],
  },
  sharingType: { unconditional: ['无条件共享', 'Unconditional', '无条件'], conditional: ['有条件共享', 'Conditional', '有条件'], 'not-shared': ['不予共享', 'Not shared', '不共享'] },
  sharingWays: {
    interface: ['接口', 'Interface', 'api', '接口调用', '共享平台接口'], verification: ['核验', 'Verification'], file: ['文件', 'File', '文件下载', '邮件'], database: ['库表', 'Database', '库表交换', '数据库'], subscription: ['订阅', 'Subscription', '消息推送'],
  },
  openingType: { open: ['无条件开放', 'Open', '开放', '是', '无条件', 'yes', 'public'], 'on-application': ['有条件开放', 'On application', '依申请开放', '有条件'], closed: ['不予开放', 'Closed', '不开放', '否', 'no'] },
  updateCycle: {
    realtime: ['实时', 'Real time', '即时', 'continuous', 'r/pt1s'], daily: ['每日', 'Daily', '每天', '日', 'r/p1d'], weekly: ['每周', 'Weekly', '周', '每星期', 'r/p1w'], monthly: ['每月', 'Monthly', '月', 'r/p1m'],
    quarterly: ['每季度', 'Quarterly', '每季', '季度', '季', 'r/p3m'], yearly: ['每年', 'Yearly', '年', '年度', 'annually', 'annual', 'r/p1y'], irregular: ['不定期', 'Irregular', '其他', 'irreg', 'as needed'],
  },
  licence: Object.fromEntries(LICENCES.map(({ id, title, titleEn }) => [id, [title, titleEn] as const])),
  visibility: { all: ['公众和各部门', 'All', '全部'], departments: ['只限各部门', 'Departments', '限部门'], named: ['只限指定部门', 'Named', '限指定部门'], 'metadata-only': ['仅目录', 'Metadata only', '只见目录'] },
}

/** Codes in the order in which people read them. */
export const CODES: Readonly<Record<BulkWorded, readonly string[]>> = {
  theme: THEMES, resourceFormat: RESOURCE_FORMATS, sharingType: SHARING_TYPES, sharingWays: SHARING_WAYS, openingType: OPENING_TYPES, updateCycle: UPDATE_CYCLES, licence: LICENCES.map(({ id }) => id), visibility: VISIBILITIES,
}

/** A count in brackets behind a word is none of it: 就醫 (57). */
const bare = (text: string): string => foldName(text.normalize('NFKC').replace(/\(\d+\)\s*$/, ''))

const INDEX = new Map(Object.entries(WORDS).map(([property, words]) =>
  [property, new Map(Object.entries(words).flatMap(([code, names]) => [code, ...names].map((name): [string, string] => [foldName(name), code])))] as const))

/** The code that a word stands for; undefined when nothing is known of it. */
export function codeOfWord(property: BulkWorded, text: string): string | undefined {
  const words = INDEX.get(property)
  const whole = words?.get(bare(text))
  if (whole !== undefined || property !== 'resourceFormat') return whole
  // A resource in several formats is what the first of them is.
  return text.split(/[,，、;；\s/]+/).map((part) => words?.get(foldName(part))).find((code) => code !== undefined)
}

export const wordOfCode = (property: BulkWorded, code: string, english: boolean): string => WORDS[property][code]?.[english ? 1 : 0] ?? code
