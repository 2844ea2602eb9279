import { elementsOf } from '../element-of.ts'

const CREDIT = '行政许可和行政处罚等信用信息公示数据标准（国家发展改革委办公厅）'

/** Of administrative permits, penalties and affairs. */
export const PERMIT = elementsOf('permit', '06', CREDIT, [
  ['001', '行政许可决定文书号', 'Number of the permit decision', 'C..100', '行政许可决定文书的编号。', { also: '许可决定书文号 许可决定文书号 许可文号 许可文书号 行政许可决定书文号 permit_document_no' }],
  ['002', '行政许可决定文书名称', 'Title of the permit decision', 'C..200', '行政许可决定文书的标题。', { also: '许可决定文书名称 行政许可决定书名称 许可文书名称' }],
  ['003', '许可类别', 'Kind of permit', 'C..20', '行政许可的类别。', { also: '行政许可类别 许可类型 审批类别 permit_type', list: 'PERMIT-KIND' }],
  ['004', '许可内容', 'Content of the permit', 'C..4000', '行政许可决定的主要内容。', { also: '行政许可内容 许可事项 permit_content' }],
  ['005', '许可决定日期', 'Date of the permit', 'YYYYMMDD', '作出行政许可决定的日期。', { also: '许可日期 行政许可决定日期 permit_date' }],
  ['006', '许可机关', 'Permitting authority', 'C..100', '作出行政许可决定的机关的名称。', { also: '许可机构 行政许可机关 审批机关 审批部门 permit_authority', kinds: 'organisation-name' }],
  ['007', '许可机关代码', 'Code of the permitting authority', 'C18', '许可机关的统一社会信用代码。', { also: '许可机关统一社会信用代码', kinds: 'unified-credit-code' }],
  ['008', '当前状态', 'State', 'C..20', '决定当前的状态。', { also: '数据状态 信息状态 许可状态 record_status', list: 'RECORD-STATUS' }],
  ['009', '数据来源单位', 'Source of the data', 'C..100', '上传数据的单位的名称。', { also: '数据来源 来源单位 数据提供单位 data_source', kinds: 'organisation-name' }],
  ['010', '处罚决定书文号', 'Number of the penalty decision', 'C..100', '行政处罚决定文书的编号。', { also: '行政处罚决定书文号 处罚文号 处罚决定文书号 案号 penalty_document_no' }],
  ['011', '违法行为类型', 'Offence', 'C..200', '违法行为的类型。', { also: '违法类型 违法行为种类 案由 offence' }],
  ['012', '违法事实', 'Facts of the offence', 'C..4000', '违法行为的主要事实。', { also: '主要违法事实 违法行为' }],
  ['013', '处罚依据', 'Legal basis of the penalty', 'C..2000', '作出行政处罚所依据的法律、法规、规章条款。', { also: '行政处罚依据 处罚法律依据 penalty_basis' }],
  ['014', '处罚类别', 'Kind of penalty', 'C..200', '行政处罚的种类。', { also: '行政处罚类别 处罚种类 处罚类型 penalty_type', list: 'PENALTY-KIND' }],
  ['015', '处罚内容', 'Content of the penalty', 'C..4000', '行政处罚的主要内容。', { also: '处罚结果 行政处罚内容 penalty_content' }],
  ['016', '罚款金额', 'Fine', 'n..14,6', '罚款的数额。', { also: '处罚金额 罚没金额 fine fine_amount', unit: '万元', range: [0, null] }],
  ['017', '处罚决定日期', 'Date of the penalty', 'YYYYMMDD', '作出行政处罚决定的日期。', { also: '处罚日期 行政处罚决定日期 penalty_date' }],
  ['018', '处罚机关', 'Penalising authority', 'C..100', '作出行政处罚决定的机关的名称。', { also: '处罚机构 行政处罚机关 执法机关 执法部门 penalty_authority', kinds: 'organisation-name' }],
  ['019', '公示截止期', 'Published until', 'YYYYMMDD', '信息停止公示的日期。', { also: '公示截止日期 公示期限 公示截止时间' }],
  ['020', '事项名称', 'Affair', 'C..200', '政务服务事项的名称。', { also: '政务服务事项名称 办理事项 事项 item_name', from: '国家政务服务平台标准（事项基本目录）' }],
  ['021', '事项编码', 'Code of the affair', 'C..40', '政务服务事项的编码。', { also: '事项代码 实施编码 基本编码 item_code', from: '国家政务服务平台标准（事项基本目录）' }],
  ['022', '办件编号', 'Case number', 'C..50', '一次办理的流水编号。', { also: '申办流水号 受理编号 业务流水号 办理编号 举报编号 申报表编号 投诉编号 工单编号 case_no' }],
  ['023', '受理日期', 'Date of acceptance', 'YYYYMMDD', '受理申请的日期。', { also: '受理时间 收件日期 举报日期 accept_date' }],
  ['024', '办结日期', 'Date of completion', 'YYYYMMDD', '办理完结的日期。', { also: '办结时间 完成日期 finish_date' }],
  ['025', '办理状态', 'State of the case', 'C..20', '事项办理的状态。', { also: '办件状态 处理状态 办理情况 办理结果 case_status', list: 'CASE-STATUS' }],
])

/** Of credit. */
export const CREDIT_ELEMENTS = elementsOf('credit', '07', '公共信用信息数据元', [
  ['001', '信用等级', 'Credit grade', 'C..10', '信用评价的等级。', { also: '信用级别 信用评级 纳税信用等级 信用评价等级 credit_grade' }],
  ['002', '信用评分', 'Credit score', 'n..6,2', '信用评价的分值。', { also: '信用分 信用得分 credit_score' }],
  ['003', '评价年度', 'Year of evaluation', 'YYYY', '信用或业务评价所属的年度。', { also: '评定年度 评级年度 考核年度 evaluation_year' }],
  ['004', '列入日期', 'Date of listing', 'YYYYMMDD', '列入名单的日期。', { also: '列入名单日期 认定日期 listed_date' }],
  ['005', '移出日期', 'Date of removal', 'YYYYMMDD', '移出名单的日期。', { also: '移出名单日期 退出日期 removed_date' }],
  ['006', '列入原因', 'Reason of listing', 'C..1000', '列入名单的原因。', { also: '列入事由 认定事由 失信行为' }],
  ['007', '失信名单类型', 'Kind of list', 'C..60', '严重失信主体名单的类型。', { also: '黑名单类型 名单类型 名单类别' }],
  ['008', '荣誉名称', 'Honour', 'C..200', '授予的荣誉或表彰的名称。', { also: '表彰名称 奖项名称 honour' }],
])
