/** What a dashboard says that nobody edits, in English. It loads with it. */
export const englishDashboard = {
  addWidget: 'Add widget',
  emptyDashboard: 'Nothing on this dashboard yet',
  emptyDashboardHint: 'Add the numbers you want to see every day.',
  emptyDashboardReader: 'Whoever owns it can add widgets.',
};
