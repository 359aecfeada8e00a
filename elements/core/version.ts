/** The package's version; two copies of the script on one page name theirs when they meet. */
export const VERSION = '0.1.0';
