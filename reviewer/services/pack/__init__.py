"""The court pack: a bag that another party can check without this program."""
