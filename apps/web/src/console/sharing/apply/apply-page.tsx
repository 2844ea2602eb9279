import { operations } from '@datong/contracts'
import { useParams, useSearchParams } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useCart } from '../../../shared/cart/use-cart.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { GrantWizard } from './grant-wizard.tsx'
import { ApplyWizard } from './wizard.tsx'

/** Apply for one entry; with `?renews=` or `?changes=`, for a grant to be put in the place of another. */
export function ApplyPage() {
  const { t } = useT()
  const { code = '' } = useParams()
  const [search] = useSearchParams()
  const { items } = useCart()
  const entry = useApi(operations.getEntry, { params: { code } })
  const renews = search.get('renews')
  const grantId = renews ?? search.get('changes')
  const chosen = items.find((item) => item.code === code)?.fields ?? []
  return (
    <Loaded of={entry} rows={8}>
      {(data) => {
        if (grantId) return <GrantWizard key={grantId} entry={data} grantId={grantId} kind={renews ? 'renewal' : 'change'} />
        return data.allowedActions.includes('apply')
          ? <ApplyWizard key={data.code} entries={[data]} chosen={{ [data.code]: chosen }} />
          : <Empty page title={t('sharing.mayNotApply')} action={<LinkButton to={`/console/catalog/${code}`}>{t('catalog.backToEntry')}</LinkButton>} />
      }}
    </Loaded>
  )
}
