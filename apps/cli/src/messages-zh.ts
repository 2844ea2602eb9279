import type { LoadState } from '@datong/contracts'
import type { ReceiptCheckName } from '@datong/evidence-log'

const STATES: Readonly<Record<LoadState, string>> = {
  received: '已收到', detecting: '识别格式', reading: '读取', typing: '推断类型', storing: '入湖', profiling: '探查与定级', done: '完成', failed: '失败', paused: '已暂停', held: '待确认',
}

const CHECKS: Readonly<Record<ReceiptCheckName | 'shown', string>> = {
  format: '回执格式完整',
  leaf: '公开叶子可读',
  disclosure: '内容与公开承诺一致',
  checkpoint: '检查点由日志密钥签名',
  inclusion: '记录在已签名的日志之中',
  shown: '所示编号、时间、链与叶子一致',
}

/** Every sentence that the command line says, in Chinese. */
export const zh = {
  language: 'zh-CN',
  usage: `用法：datong <命令>

  login                                保存登录（~/.config/datong，仅本人可读）
  load <文件或文件夹>… [--org 代码] [--open]   载入文件：识别、入湖、探查、定级、编目；--open 同时开放并发布
  verify <回执文件|回执编号或地址|日志地址> [--key 公钥]   只用日志公钥核验存证
  doctor                               检查服务、磁盘与存证日志
  serve                                启动服务（生产）
  admin create                         创建管理员

环境变量：DATONG_URL（默认 http://127.0.0.1:8080）、DATONG_USER、DATONG_PASSWORD、DATONG_KEY、DATONG_LOG_KEY`,
  unknownCommand: (name: string) => `没有命令 ${name}。`,
  badOption: (detail: string) => `参数有误：${detail}`,
  unreachable: (url: string, reason: string) => `无法连接 ${url}（${reason}）。服务是否已启动？`,
  notSignedIn: '尚未登录：请先运行 datong login，或设置 DATONG_USER 与 DATONG_PASSWORD。',
  sessionOver: '登录已失效：请重新运行 datong login。',
  problem: (title: string, code: string) => `${title}（${code}）`,
  unexpected: (detail: string) => `出现未预料的错误：${detail}`,
  askUser: '用户名：',
  askPassword: '密码：',
  noTerminal: '没有终端可以询问：请设置 DATONG_USER 与 DATONG_PASSWORD。',
  signedIn: (name: string, roles: string, file: string) => `已登录为 ${name}（${roles}），保存于 ${file}`,
  noFiles: '没有可以载入的文件。',
  noSuchFile: (path: string) => `找不到 ${path}`,
  loadState: (state: LoadState) => STATES[state],
  uploading: '上传',
  rowsSoFar: (rows: string) => `已读 ${rows} 行`,
  rows: (read: string, stored: string, rejected: string) => `读 ${read} 行，存 ${stored}，拒 ${rejected}`,
  unknownEncoding: '二进制',
  noStars: '未评星',
  published: '已开放发布',
  awaitsSteward: '已提交，待数据主管部门审核发布',
  remains: (state: string) => `停在状态 ${state}`,
  failed: '失败',
  summaryOfFile: (title: string, file: string) => `${title}。数据来自文件 ${file}，字段与类型由平台识别。`,
  total: (good: number, all: number) => `${all} 个文件，${good} 个顺利`,
  check: (name: ReceiptCheckName | 'shown') => CHECKS[name],
  receiptHolds: (index: number, size: number, origin: string) => `回执有效：${origin} 第 ${index} 条，日志共 ${size} 条。`,
  receiptFails: '回执无效。',
  receiptPending: '记录已持久保存，但还没有进入已签名的日志，请稍后再试。',
  noReceipt: '这不是一份存证回执。',
  keyFromReceipt: (key: string) => `注意：公钥取自回执本身（${key}），请与公布的公钥核对，或用 --key 给出。`,
  keyFromServer: (key: string) => `注意：公钥取自服务器（${key}），请与公布的公钥核对，或用 --key 给出。`,
  badKey: (reason: string) => `--key 不是日志公钥：${reason}`,
  noKey: '没有日志公钥：请用 --key 给出。',
  who: '何人',
  what: '何事',
  about: '对象',
  when: '何时',
  detail: '详情',
  logHead: (origin: string, size: string) => `日志 ${origin}，${size} 条`,
  reading: (done: string, all: string) => `已读 ${done} / ${all} 条`,
  signatureHolds: '检查点签名有效',
  entriesHold: (entries: string) => `${entries} 条记录逐字节与签名的根一致`,
  tilesHold: (tiles: string) => `${tiles} 个哈希瓦片完好`,
  damage: (place: string, reason: string) => `损坏：${place}：${reason}`,
  moreDamages: (count: number) => `另有 ${count} 处损坏`,
  logSound: '日志完好。',
  logDamaged: (count: number) => `日志有 ${count} 处损坏。`,
  ready: '服务就绪',
  notReady: (parts: string) => `服务未就绪：${parts}`,
  diskFree: (folder: string, free: string) => `${folder} 所在磁盘剩余 ${free}`,
  diskLow: (folder: string, free: string) => `${folder} 所在磁盘仅剩 ${free}`,
  logStatus: (size: string, pending: string) => `存证日志 ${size} 条，待入链 ${pending} 条`,
  lastAudit: (state: string, at: string) => `最近一次全量核验：${state}（${at}）`,
  neverAudited: '存证日志从未全量核验',
  auditStates: { running: '进行中', sound: '完好', damaged: '有损坏', failed: '未能完成' },
}

export type Messages = typeof zh
