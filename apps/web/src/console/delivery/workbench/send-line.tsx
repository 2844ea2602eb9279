import type { ReactNode } from 'react'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'

/** The button that sends a request, and the address that is sent, to read and to copy. */
export function SendLine({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  return (
    <div className="dt-work-send">
      {children}
      <code>GET {decodeURIComponent(path.replaceAll('+', ' '))}</code>
      <CopyButton text={location.origin + path} />
    </div>
  )
}
