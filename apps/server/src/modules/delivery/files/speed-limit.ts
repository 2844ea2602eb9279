/** A receiver that takes fewer bytes than this in a window is let go; it can resume. */
export interface LeastSpeed {
  readonly bytesPerSecond: number
  readonly windowSeconds: number
}

export const LEAST_SPEED: LeastSpeed = { bytesPerSecond: 1_000, windowSeconds: 60 }

/** Judges a transfer once a second by what it has sent so far: true as long as it is fast enough. */
export function speedJudge({ bytesPerSecond, windowSeconds }: LeastSpeed): (sentSoFar: number) => boolean {
  const marks: number[] = [0]
  return (sentSoFar) => {
    marks.push(sentSoFar)
    if (marks.length <= windowSeconds) return true
    const before = marks.shift()! // there are more than the window holds
    return sentSoFar - before >= bytesPerSecond * windowSeconds
  }
}
