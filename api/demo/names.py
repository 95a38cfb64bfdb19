"""What are fictitious people, streets and homes called?"""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


OLDER_WOMEN = _listed(
    "Margaret, Jean, Dorothy, Joan, Patricia, Sheila, Barbara, Doreen, Maureen, Audrey, Beryl, Sylvia, Brenda, Shirley,"
    " Pamela, Kathleen, Eileen, Irene, Marjorie, Muriel, Hazel, Winifred, Edna, Rita, Gwen, Amina, Sushila, Ivy, Norma"
)
OLDER_MEN = _listed(
    "Ronald, Kenneth, Derek, Dennis, Raymond, Gordon, Roy, Leslie, Norman, Stanley, Eric, Harold, Frank, Alan, Donald,"
    " Geoffrey, Desmond, Clifford, Cyril, Ernest, Winston, Mohan, Bogdan, Reginald, Victor, Maurice, Percy, Yusuf"
)
IN_MIDDLE_AGE = _listed(
    "Karen, Susan, Julie, Deborah, Tracey, Jacqueline, Alison, Nasreen, Beverley, Paul, Stephen, Mark, Andrew, Gary,"
    " Kevin, Nigel, Colin, Anil, Tomasz, Everton"
)
YOUNGER = _listed(
    "Kayleigh, Jordan, Callum, Megan, Aisha, Liam, Chloe, Ryan, Sophie, Kieran, Zainab, Lewis, Gemma, Nathan, Leanne,"
    " Tariq, Hannah, Joshua, Priya, Rachel, Marcus, Danielle, Ifan, Ewa, Aaron, Naomi"
)
FAMILIES = _listed(
    "Abley, Ackroyd, Adeyinka, Allwood, Appleyard, Arkwell, Ashdown, Attwater, Bagshaw, Bancroft, Barkway, Beckwith,"
    " Bhandari, Birtwell, Blackmoor, Brackley, Bramhall, Broadhurst, Calloway, Catchpole, Chowdry, Clegg, Coldwell,"
    " Copplestone, Cowling, Crabtree, Dankworth, Dearlove, Deverill, Dunmore, Eastwell, Edgecombe, Ellwood, Entwhistle,"
    " Fairhurst, Farthing, Fennimore, Flitcroft, Fothergill, Garside, Gathercole, Gilderdale, Goodchild, Greenhalgh,"
    " Gunter, Haddow, Halloran, Hardcastle, Hawtrey, Hebden, Hesketh, Hollingsworth, Huxtable, Iddon, Inskip, Jagger,"
    " Jessop, Kershaw, Kettlewell, Kowal, Langstaff, Leadbetter, Lightfoot, Longbottom, Mahajan, Makepeace, Marlowe,"
    " Merriweather, Mottershead, Murgatroyd, Nettleship, Nkemelu, Oakeshott, Ogilby, Ollerenshaw, Osgood, Parkhurst,"
    " Pettigrew, Pickersgill, Plumtree, Postlethwaite, Quayle, Ramsbottom, Ravenscroft, Rowntree, Sadler, Saltmarsh,"
    " Scholefield, Siddique, Smallwood, Sowerby, Stanworth, Swarbrick, Tattersall, Thistlewood, Threlfall, Tunnicliffe,"
    " Underhill, Varley, Waddington, Wagstaff, Wakeley, Whittaker, Winterbourne, Woolfenden, Wrigley, Yardley, Yelland,"
    " Zielony"
)
STREETS = _listed(
    "High Street, Church Lane, Mill Road, Station Road, Orchard Close, The Green, Chapel Street, Victoria Terrace,"
    " Park Avenue, Meadow Way, School Lane, Kiln Hill, Ferry Road, Cobbler's Row, Lime Grove, Windmill Drive"
)
TOWNS = _listed("Example Town, Example Town, Lower Example, Example-on-Sea, Much Example")
CARE_HOMES = _listed("Larkmead House, Saltings Court, Quarry Lodge, Beechen Grange, Harbour Rest, Tollgate Manor")
HELP_AT_HOME = _listed("Doorstep Home Care, Kindly Hands, Morning Star Care, Example Valley Care")
SUPPORTED_LIVING = _listed("Own Front Door, Stepwise Living, Keyring Homes")
