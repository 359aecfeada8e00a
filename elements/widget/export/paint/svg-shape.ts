/** The outline of an SVG shape in its own units; undefined for what is none. */
export function shapeOf(part: SVGGraphicsElement, style: CSSStyleDeclaration): Path2D | undefined {
  const length = (name: string): number => {
    const given = (part as unknown as Record<string, SVGAnimatedLength | undefined>)[name];
    return (part.hasAttribute(name) ? given?.baseVal.value : Number.parseFloat(style.getPropertyValue(name))) || 0;
  };
  const path = new Path2D();
  switch (part.localName) {
    case 'path': return new Path2D(part.getAttribute('d') ?? '');
    case 'rect': {
      const [rx, ry] = [length('rx') || length('ry'), length('ry') || length('rx')];
      path.roundRect(length('x'), length('y'), Math.max(0, length('width')), Math.max(0, length('height')), { x: rx, y: ry });
      return path;
    }
    case 'circle':
      path.arc(length('cx'), length('cy'), Math.max(0, length('r')), 0, 2 * Math.PI);
      return path;
    case 'ellipse':
      path.ellipse(length('cx'), length('cy'), Math.max(0, length('rx')), Math.max(0, length('ry')), 0, 0, 2 * Math.PI);
      return path;
    case 'line':
      path.moveTo(length('x1'), length('y1'));
      path.lineTo(length('x2'), length('y2'));
      return path;
    case 'polyline':
    case 'polygon':
      for (const { x, y } of (part as SVGPolygonElement).points) path.lineTo(x, y);
      if (part.localName === 'polygon') path.closePath();
      return path;
    default: return undefined;
  }
}
