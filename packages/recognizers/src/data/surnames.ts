/**
 * Single-character surnames: the 百家姓 and those common today, simplified and traditional.
 * Surnames that are far more often ordinary words are in `WORDLIKE_SURNAMES` instead.
 */
const SINGLE =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳' +
  '酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧计伏成戴谈宋茅庞熊纪舒屈项祝' +
  '董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔' +
  '吉钮龚程嵇邢滑裴陆荣翁荀於惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓隗侯宓全郗班仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶' +
  '郜黎蓟薄印宿白怀蒲邰鄂索籍赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿边扈燕冀郏浦尚农温庄晏柴瞿阎慕茹习宦' +
  '艾容向古易慎戈廖庾暨衡步都耿满弘匡文寇禄阙欧殳沃蔚夔隆巩厍聂晁勾敖冷訾辛阚那简饶曾毋沙乜鞠丰巢关蒯查荆游竺权逯盖桓' +
  '肖付闫覃涂代苟兰揭来邸佟谌冼丘岳帅敬佘占尧邝粟原隋侬仝亓晋楚商牟墨哈谯年阳言萨撒鹿苑宛楼亢况海矫展渠衣迟寻栗由信战修钦伦' +
  '禤麦练官卿银蹇漆鄢税补图巨啜朴楮戢郄郤戚娅仉种逄药芦邳裔部揣尉鄞屈诶缑缐綦綫逯鲜亚栾钭欣库洛俄侍邓雒鲁铁花元和平霞茆' +
  '趙錢孫鄭馮陳褚衛蔣瀋韓楊許呂張嚴華謝鄒竇雲蘇範魯韋馬鳳鮑費賀湯羅畢鄔樂齊顧黃蕭貝計談龐紀項祝閔賈婁顏鐘鍾駱萬盧應賁鄧單諸' +
  '鈕龔陸榮儲烏寧欒厲劉葉龍薊懷賴藺喬陰蒼聞黨譚貢勞酈邊農溫莊晏閻習滿闕歐鞏聶簡饒關權蓋鄺塗蘭肅邱馮侶馮駱簡闞麥練銀連楼樓游'

/** Real surnames that begin ordinary words far more often than names; a value that starts with one is only doubtful. */
const WORDLIKE = '水时明经通终广东国公相家别双利空红师后从能山谷车仰秋羊鱼益越居充连融养须牧蓬咸扶堵却宰池都步满弘文由信战修展海年商原部库补图官税药种'

/** Compound surnames, simplified and traditional. */
export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  (
    '欧阳 司马 上官 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 令狐 钟离 ' +
    '宇文 长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 子车 颛孙 端木 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 百里 东郭 ' +
    '南门 呼延 羊舌 微生 梁丘 左丘 东门 西门 南宫 第五 完颜 叶赫 纳兰 爱新 那拉 歐陽 司馬 諸葛 聞人 東方 赫連 尉遲 澹臺 宗政 ' +
    '濮陽 單于 公孫 仲孫 軒轅 鍾離 鐘離 長孫 鮮于 閭丘 司徒 端木 巫馬 樂正 東郭 南宮 張簡 范姜'
  ).split(' '),
)
export const WORDLIKE_SURNAMES: ReadonlySet<string> = new Set(WORDLIKE)
export const SURNAMES: ReadonlySet<string> = new Set([...SINGLE].filter((char) => !WORDLIKE_SURNAMES.has(char)))
