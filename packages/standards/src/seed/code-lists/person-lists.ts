import { codesOf, listOf, namesOf } from '../list-of.ts'

const PEOPLES = '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'

const SEX = listOf('GB2261.1', '人的性别代码', 'Sexes', 'GB/T 2261.1-2003', codesOf(`0 未知的性别=未知=Unknown
1 男性=男=M=Male
2 女性=女=F=Female
9 未说明的性别=未说明=Not stated`), { sure: true, label: '2003' })

const MARITAL = listOf('GB2261.2', '婚姻状况代码', 'Marital status', 'GB/T 2261.2-2003', codesOf(`10 未婚=Single
20 已婚=有配偶=Married
>21 初婚=First marriage
>22 再婚=Remarried
>23 复婚=Remarried to the same person
30 丧偶=Widowed
40 离婚=离异=Divorced
90 未说明的婚姻状况=未说明=Not stated`), { sure: true, label: '2003' })

const HEALTH_STATE = listOf('GB2261.3', '健康状况代码', 'State of health', 'GB/T 2261.3-2003', codesOf(`1 健康或良好=健康=良好=Healthy
2 一般或较弱=一般=较弱=Fair
3 有慢性病=慢性病=Chronic disease
6 残疾=有残疾=Disabled`), { label: '2003' })

const ETHNIC = listOf('GB3304', '中国各民族名称的罗马字母拼写法和代码', 'Ethnic groups', 'GB/T 3304-1991',
  PEOPLES.split(' ').map((people, index) => ({ code: String(index + 1).padStart(2, '0'), name: `${people}族`, aliases: [people] })),
  { sure: true, label: '1991' })

const EDUCATION = listOf('GB4658', '学历代码', 'Education', 'GB/T 4658-2006', codesOf(`10 研究生教育=研究生=Postgraduate
>11 博士研究生毕业=博士研究生=博士
>12 博士研究生结业
>13 博士研究生肄业
>14 硕士研究生毕业=硕士研究生=硕士
>15 硕士研究生结业
>16 硕士研究生肄业
>17 研究生班毕业
>18 研究生班结业
>19 研究生班肄业
20 大学本科教育=大学本科=本科=Undergraduate
>21 大学本科毕业=本科毕业
>22 大学本科结业
>23 大学本科肄业
>28 大学普通班毕业
30 大学专科教育=大学专科=专科=大专=Junior college
>31 大学专科毕业=大专毕业
>32 大学专科结业
>33 大学专科肄业
40 中等职业教育=中等职业=中职=Vocational secondary
>41 中等专科毕业=中专=中等专科=中等专业学校
>42 中等专科结业
>43 中等专科肄业
>44 职业高中毕业=职业高中=职高
>45 职业高中结业
>46 职业高中肄业
>47 技工学校毕业=技工学校=技校
>48 技工学校结业
>49 技工学校肄业
60 普通高级中学教育=普通高中=高中=Senior middle school
>61 普通高中毕业=高中毕业
>62 普通高中结业
>63 普通高中肄业
70 初级中学教育=初级中学=初中=Junior middle school
>71 初中毕业
>73 初中肄业
80 小学教育=小学=Primary school
>81 小学毕业
>83 小学肄业
90 其他=文盲=学龄前=Other`), { label: '2006' })

const POLITICAL = listOf('GB4762', '政治面貌代码', 'Political status', 'GB/T 4762-1984', codesOf(`01 中国共产党党员=中共党员=党员
02 中国共产党预备党员=中共预备党员=预备党员
03 中国共产主义青年团团员=共青团员=团员
04 中国国民党革命委员会会员=民革会员=民革党员
05 中国民主同盟盟员=民盟盟员
06 中国民主建国会会员=民建会员
07 中国民主促进会会员=民进会员
08 中国农工民主党党员=农工党党员
09 中国致公党党员=致公党党员
10 九三学社社员
11 台湾民主自治同盟盟员=台盟盟员
12 无党派民主人士=无党派人士
13 群众`), { label: '1984' })

const FAMILY = listOf('GB4761', '家庭关系代码', 'Relations in a family', 'GB/T 4761-2008', codesOf(`0 本人或户主=Self or head
>01 本人
>02 户主
1 配偶=Spouse
>11 夫=丈夫
>12 妻=妻子
2 子=儿子=Son
>21 独生子
>22 长子
>23 次子
>24 三子
>27 养子或继子=养子=继子
>28 女婿
3 女=女儿=Daughter
>31 独生女
>32 长女
>33 次女
>34 三女
>37 养女或继女=养女=继女
>38 儿媳
4 孙子、孙女或外孙子、外孙女=Grandchild
>41 孙子
>42 孙女
>43 外孙子
>44 外孙女
5 父母=Parents
>51 父亲=父
>52 母亲=母
>53 公公
>54 婆婆
>55 岳父
>56 岳母
>57 继父或养父
>58 继母或养母
6 祖父母或外祖父母=Grandparents
>61 祖父
>62 祖母
>63 外祖父
>64 外祖母
7 兄弟姐妹=Siblings
>71 兄
>72 嫂
>73 弟
>74 弟媳
>75 姐姐=姐
>76 姐夫
>77 妹妹=妹
>78 妹夫
8 其他=其他关系=Other`), { label: '2008' })

const DOCUMENTS = listOf('GA517', '常用证件代码', 'Kinds of documents', 'GA/T 517-2004', codesOf(`111 居民身份证=身份证=Resident identity card
112 临时居民身份证=Temporary identity card
113 户口簿=户口本=Household register
114 中国人民解放军军官证=军官证
115 中国人民武装警察部队警官证=武警警官证
335 机动车驾驶证=驾驶证=Driving licence
414 普通护照=护照=Ordinary passport
511 台湾居民来往大陆通行证=台胞证
513 往来港澳通行证
516 港澳居民来往内地通行证=回乡证
990 其他=其他证件=Other`), { label: '2004', partial: true })

export const PERSON_LISTS = [
  SEX, MARITAL, HEALTH_STATE, ETHNIC, EDUCATION, POLITICAL, FAMILY, DOCUMENTS,
  namesOf('DISABILITY', '残疾类别', 'Kinds of disability', '视力残疾=视力 听力残疾=听力 言语残疾=言语 肢体残疾=肢体 智力残疾=智力 精神残疾=精神 多重残疾=多重', 'GB/T 26341-2010'),
  namesOf('DISABILITY-LEVEL', '残疾等级', 'Degrees of disability', '一级=1=残疾一级 二级=2=残疾二级 三级=3=残疾三级 四级=4=残疾四级', 'GB/T 26341-2010'),
]
