throw new Error('thrown while it loaded');
