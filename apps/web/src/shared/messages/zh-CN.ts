import catalog from './zh-CN/catalog.json'
import collection from './zh-CN/collection.json'
import common from './zh-CN/common.json'
import delivery from './zh-CN/delivery.json'
import errors from './zh-CN/errors.json'
import evidence from './zh-CN/evidence.json'
import notices from './zh-CN/notices.json'
import overview from './zh-CN/overview.json'
import portal from './zh-CN/portal.json'
import protection from './zh-CN/protection.json'
import quality from './zh-CN/quality.json'
import settings from './zh-CN/settings.json'
import sharing from './zh-CN/sharing.json'
import shell from './zh-CN/shell.json'

/** All texts of one language, by area; the key of a text is `area.name`. */
export const texts = { catalog, collection, common, delivery, errors, evidence, notices, overview, portal, protection, quality, settings, sharing, shell }
