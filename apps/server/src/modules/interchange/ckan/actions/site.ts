import { knownLicences } from '@datong/catalog-metadata'
import { type Action, type Actions } from '../action.ts'
import { notFound } from '../ckan-error.ts'
import { requiredText } from '../parameters.ts'

/** The version of CKAN whose interface this is held against. */
const CKAN_VERSION = '2.11.5'

export const siteActions: Actions = {
  status_show: {
    help: 'Returns what the site is called, where it is, and which version of the interface it speaks.',
    run: async ({ base }) => ({
      ckan_version: CKAN_VERSION, site_title: '达通 Datong', site_description: '政务数据共享开放平台', site_url: base, error_emails_to: null, locale_default: 'zh_Hans_CN', extensions: ['datastore'],
    }),
  },
  site_read: { help: 'Returns true: everybody may read the site.', run: async () => true },
  license_list: {
    help: 'Returns the licences that data sets of the site may have.',
    run: async () => knownLicences().map(({ id, name, url, ckan, conformant }) => ({
      id: ckan, title: name, url, family: '', maintainer: '', status: 'active', is_generic: false, is_okd_compliant: conformant, is_osi_compliant: false,
      domain_content: false, domain_data: true, domain_software: false, od_conformance: conformant ? 'approved' : 'not reviewed', osd_conformance: 'not reviewed', spdx_id: id,
    })),
  },
}

/** `help_show` knows all the others, itself included. */
export function helpAction(all: () => Actions): Action {
  return {
    help: 'Returns what an action does and takes.\n\n:param name: the action\n:type name: string',
    run: async ({ data }) => {
      const name = requiredText(data, 'name')
      const actions = all()
      if (!Object.hasOwn(actions, name)) throw notFound('Action function not found')
      return actions[name]?.help
    },
  }
}
