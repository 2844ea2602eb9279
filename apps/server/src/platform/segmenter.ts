import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let loaded: Jieba | undefined

/** Cuts Chinese into words. The dictionary (5 MB, some 40 in memory) is read at the first use, once for the process. */
export const segmenter = (): Jieba => (loaded ??= Jieba.withDict(dict))
