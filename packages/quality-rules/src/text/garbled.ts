/** Replacement characters, private use, C1 controls, and the classic ends of double conversions. */
const SURELY = /[\ufffd\ue000-\uf8ff\u0080-\u0084\u0086-\u009f]|锟斤拷|烫烫烫|屯屯屯|ï¿½|ï»¿|\?{3,}/
/** UTF-8 read as Latin-1 or Windows-1252: a lead byte's letter and then only the bytes that may follow it. */
const LATIN = /(?:[\u00c2\u00c3][\u00a0-\u00bf\u2020-\u203a])|(?:[\u00e2-\u00e9][\u00a0-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2})/
/** UTF-8 read as GBK: the rare characters that the commonest ones turn into. */
const GBK =
  /[鐨鍦鏄銆锛鈥鍙鏈鍜鎴娴鍖鍏瀛绋璁浣鎵閫鐢鍚鏃涓浜鍗鍩琛欏睙湪鏉槑缁緳璐闀楅亾涔晣閬澶埂鏂娌瀹搴戝煄灞尯鍥滃渤楀棌鍒垮閲満璺姘庡瑗宸忔鐭榫姹槼灏鐧妗佸潙邯楁榛鍐灄鍧婀娓鐜簞屽楂挎堕鑻娲宀畨鏋樺笟椹虫瀵骞彛甯欐夋閾氬闆囧惧浠绾嶅瓙樻嬪]/gu

/**
 * RE2 of texts that may be garbled, for an engine to leave out the others: what `isGarbled` finds, this finds, and some more. The dot
 * is to take line breaks too.
 */
export const GARBLED_SUSPECTS = [
  String.raw`[\x{FFFD}\x{E000}-\x{F8FF}\x{0080}-\x{0084}\x{0086}-\x{009F}\x{00C2}\x{00C3}\x{00E2}-\x{00EF}]|\?\?\?`,
  '锟斤拷|烫烫烫|屯屯屯',
  `${GBK.source}.*${GBK.source}`,
].join('|')

/** Whether a text shows signs of a wrong encoding. Judges by patterns, so a rare real text may be taken for one. */
export function isGarbled(value: string): boolean {
  if (SURELY.test(value) || LATIN.test(value)) return true
  const suspects = value.match(GBK)?.length ?? 0
  if (suspects < 2) return false
  return suspects / (value.match(/\p{Script=Han}/gu)?.length ?? suspects) >= 0.4
}
