/** The shapes of the atlases: read as one kind of file, not as what each literally holds. */
declare module 'world-atlas/countries-110m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';
  const topology: Topology<Record<string, GeometryCollection<{ name: string }>>>;
  export default topology;
}
declare module 'world-atlas/countries-50m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';
  const topology: Topology<Record<string, GeometryCollection<{ name: string }>>>;
  export default topology;
}
declare module 'us-atlas/states-10m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';
  const topology: Topology<Record<string, GeometryCollection<{ name: string }>>>;
  export default topology;
}
