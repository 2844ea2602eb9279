import { operations } from '@datong/contracts'
import { useMemo } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'

/** Names of departments by code, in the language of the interface; the code while the list is not there. */
export function useOrganisationNames(): (code: string) => string {
  const organisations = useApi(operations.listOrganisations)
  const nameOf = useName()
  const byCode = useMemo(
    () => new Map(organisations.data?.items.map((organisation) => [organisation.code, nameOf(organisation)])),
    [organisations.data, nameOf],
  )
  return (code) => byCode.get(code) ?? code
}

/** The authority that runs the site; null while it is not known. */
export function useBureau(): string | null {
  const organisations = useApi(operations.listOrganisations)
  const nameOf = useName()
  const bureau = organisations.data?.items.find((organisation) => organisation.kind === 'bureau')
  return bureau ? nameOf(bureau) : null
}
