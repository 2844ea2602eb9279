import { elementsOf } from '../element-of.ts'

/** Of social insurance, the housing fund and relief. */
export const INSURANCE = elementsOf('insurance', '05', '社会保险业务数据元（LD/T 系列）', [
  ['001', '社会保障号码', 'Social security number', 'C18', '参保人员的社会保障号码，采用公民身份号码。', { also: '社保号 社会保障号 社会保险号', kinds: 'citizen-number', from: '《中华人民共和国社会保险法》第五十八条', sure: true }],
  ['002', '个人账户编号', 'Account number', 'C..30', '参保、缴存人员个人账户的编号。', { also: '个人编号 个人账号 个人社保编号 个人公积金账号 社保个人编号 personal_account grzh' }],
  ['003', '单位编号', 'Employer number', 'C..30', '参保、缴存单位的编号。', { also: '单位账号 单位社保编号 单位公积金账号 employer_no' }],
  ['004', '险种类型', 'Kind of insurance', 'C3', '社会保险的险种。', { also: '参保险种 险种 险种名称 保险类型 险种代码 insurance_type xzlx', list: 'INSURANCE-KIND' }],
  ['005', '参保日期', 'Insured since', 'YYYYMMDD', '首次参加该险种的日期。', { also: '首次参保日期 参保时间 参加日期 insured_date cbrq' }],
  ['006', '参保状态', 'State of insurance', 'C..20', '人员参加社会保险的状态。', { also: '人员参保状态 参保缴费状态 insurance_status', list: 'INSURANCE-STATUS' }],
  ['007', '缴费状态', 'State of contribution', 'C..20', '人员缴纳社会保险费的状态。', { also: '个人缴费状态 缴费情况 payment_status', list: 'CONTRIBUTION-STATUS' }],
  ['008', '缴费基数', 'Base of contribution', 'n..12,2', '计算应缴费额的工资基数。', { also: '缴存基数 月缴费基数 缴费工资 缴费工资基数 contribution_base jfjs', unit: '元', range: [0, null] }],
  ['009', '缴费比例', 'Rate of contribution', 'n..6,4', '应缴费额占基数的比例。', { also: '缴存比例 费率 缴费费率 contribution_rate', range: [0, 100] }],
  ['010', '月缴存额', 'Monthly contribution', 'n..12,2', '每月应缴的金额。', { also: '月缴费额 月缴额 应缴金额 monthly_contribution', unit: '元', range: [0, null] }],
  ['011', '最近缴费年月', 'Last month paid', 'YYYYMM', '最近一次缴费所属的年月。', { also: '最近缴费月份 缴至年月 最后缴费年月 缴费截止年月 last_paid_month' }],
  ['012', '累计缴费月数', 'Months paid', 'n..4', '累计缴费的月数。', { also: '实际缴费月数 累计月数 缴费月数', unit: '月', range: [0, 960] }],
  ['013', '账户余额', 'Balance', 'n..14,2', '个人账户的结余金额。', { also: '个人账户余额 余额 账户结余 balance account_balance', unit: '元', range: [0, null] }],
  ['014', '账户状态', 'State of the account', 'C..20', '个人账户的状态。', { also: '个人账户状态 account_status', list: 'ACCOUNT-STATUS' }],
  ['015', '开户日期', 'Date of opening', 'YYYYMMDD', '开立账户的日期。', { also: '建账日期 开户时间 open_date khrq' }],
  ['016', '银行账号', 'Bank account', 'C..30', '在银行开立的结算账户的号码。', { also: '银行卡号 待遇发放银行账号 发放账号 银行账户 联名卡号 开户账号 bank_account bank_card', kinds: 'bank-card' }],
  ['017', '开户银行', 'Bank', 'C..100', '账户所在银行的名称。', { also: '开户行 开户银行名称 银行名称 bank_name', kinds: 'organisation-name' }],
  ['018', '待遇金额', 'Benefit', 'n..12,2', '发放给个人的待遇金额。', { also: '发放金额 月待遇 月保障金额 保障金额 待遇标准 救助金额 补贴金额 benefit_amount', unit: '元', range: [0, null] }],
  ['019', '待遇开始年月', 'Benefit since', 'YYYYMM', '开始享受待遇的年月。', { also: '开始享受年月 享受开始年月 待遇享受开始年月' }],
  ['020', '保障人数', 'Persons covered', 'n..3', '纳入保障的家庭成员的人数。', { also: '享受人数 救助人数', unit: '人', range: [1, 99] }],
  ['021', '致困原因', 'Cause of need', 'C..30', '家庭困难的主要原因。', { also: '致贫原因 困难原因', list: 'NEED-CAUSE' }],
  ['022', '保障证号', 'Number of the relief certificate', 'C..30', '最低生活保障等救助证件的编号。', { also: '低保证号 救助证号 低保证编号' }],
])
