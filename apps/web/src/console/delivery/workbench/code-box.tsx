import { CopyButton } from '../../../shared/ui/copy-button.tsx'

/** Code or an answer as text, to read and to copy. */
export function CodeBox({ text, label }: { readonly text: string; readonly label: string }) {
  return <div className="dt-work-code"><CopyButton text={text} /><pre tabIndex={0} aria-label={label}>{text}</pre></div>
}
