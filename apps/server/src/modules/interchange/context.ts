import type { OrganisationRef } from '@datong/contracts'

export interface InterchangeDeps {
  readonly organisations: { ref(code: string): OrganisationRef }
}
