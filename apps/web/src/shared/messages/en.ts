import catalog from './en/catalog.json'
import collection from './en/collection.json'
import common from './en/common.json'
import delivery from './en/delivery.json'
import errors from './en/errors.json'
import evidence from './en/evidence.json'
import notices from './en/notices.json'
import overview from './en/overview.json'
import portal from './en/portal.json'
import protection from './en/protection.json'
import quality from './en/quality.json'
import settings from './en/settings.json'
import sharing from './en/sharing.json'
import shell from './en/shell.json'

/** All texts of one language, by area; the key of a text is `area.name`. */
export const texts = { catalog, collection, common, delivery, errors, evidence, notices, overview, portal, protection, quality, settings, sharing, shell }
