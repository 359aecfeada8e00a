/**
 * Whether a media query holds: asked of the browser once, and then told by it. Each asking may have the whole page styled and laid out.
 * @param changed is told when it begins or ends to hold
 */
export function watchMedia(media: string, changed?: () => void): () => boolean {
  const query = matchMedia(media);
  let { matches } = query;
  query.addEventListener('change', () => {
    ({ matches } = query);
    changed?.();
  });
  return () => matches;
}
