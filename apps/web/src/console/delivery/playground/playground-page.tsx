import { operations } from '@datong/contracts'
import { Loaded } from '../../../shared/ui/states.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useReading } from '../access/use-delivery.ts'
import { Samples } from '../workbench/samples.tsx'
import { Playground } from './playground.tsx'

/** Rows by grant: put a request together, send it, see what a program would get, and take the code along. */
export function PlaygroundPage() {
  const { code, as } = useDeliveryAccess()
  const described = useReading(operations.describeRows, { params: { code } })
  return (
    <Loaded of={described} rows={6}>
      {(description) => (
        <>
          <Playground key={as} description={description} />
          <Samples purpose="rows" />
        </>
      )}
    </Loaded>
  )
}
