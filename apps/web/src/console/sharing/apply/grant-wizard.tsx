import { operations, type Entry } from '@datong/contracts'
import { useApi } from '../../../shared/api/hooks.ts'
import { Loaded } from '../../../shared/ui/states.tsx'
import { ApplyWizard } from './wizard.tsx'
import { wishesOfGrant, type GrantLink } from './wishes.ts'

/** The wizard, filled in with a grant that is to be renewed or changed. */
export function GrantWizard({ entry, grantId, kind }: { readonly entry: Entry; readonly grantId: string; readonly kind: GrantLink['kind'] }) {
  const grant = useApi(operations.getGrant, { params: { id: grantId } })
  const application = useApi(operations.getApplication, { params: { id: grant.data?.applicationId ?? '' } }, { enabled: grant.data !== undefined })
  return (
    <Loaded of={grant} rows={8}>
      {(data) => (
        <Loaded of={application} rows={8}>
          {(filed) => <ApplyWizard entries={[entry]} link={{ kind, grant: data }} begin={wishesOfGrant(data, filed)} />}
        </Loaded>
      )}
    </Loaded>
  )
}
