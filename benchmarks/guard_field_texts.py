"""Headers and answer texts of forms, for guard_field.py: what names people, what is special, and what is harmless."""

from __future__ import annotations

IDENTITY_HEADERS: dict[str, tuple[str, ...]] = {
    "names": (
        "preferred_name", "firstName", "last_name", "FullName", "SURNAME", "respondent_name", "name_of_client",
        "asiakkaan_nimi", "Etunimet", "Kutsumanimi", "Vastaajan nimi", "Haastattelijan nimi", "Tulkin nimi",
        "Lapsen nimi", "Puolison nimi", "Namn", "Förnamn", "Efternamn", "nom", "prénom", "Nombre", "Apellido",
        "Vorname", "Nachname", "Имя", "Фамилия", "ПІБ", "Прізвище", "الاسم", "اسم العائلة", "نام", "نام خانوادگی",
        "Magaca", "Magaca oo dhan", "Adı Soyadı", "姓名", "agent_name", "caseworkerName", "Perenimi", "Eesnimi",
        "signature", "Allekirjoitus", "Nimikirjaimet", "nickname", "Lempinimi",
    ),
    "contacts": (
        "email_1", "RecipientEmail", "contact_email", "E-Mail", "Sähköpostiosoite", "sposti", "client_phone",
        "phoneNumber", "Puh.", "Puhelinnro", "GSM", "mobile", "Matkapuhelin", "Telefon", "Телефон", "رقم الهاتف",
        "شماره تلفن", "Taleefan", "Telefonnummer", "WhatsApp number", "Facebook", "Instagram", "Telegram",
        "home_address", "Katuosoite", "Postiosoite", "Lähiosoite", "Adress", "Адрес", "العنوان", "streetAddress",
    ),
    "numbers": (
        "Personnr", "Personnummer", "Sos.turvatunnus", "sotu", "hetu", "HETU_1", "National ID", "ID number",
        "nationalId", "PersonalID", "Passport no", "Passinumero", "passportNumber", "Oleskelulupakortti",
        "Oleskelulupakortin numero", "UMA-numero", "Ulkomaalaisnumero", "asiakasnumero", "client_id_number",
        "Diaarinumero", "UNHCR number", "SSN", "social_security_number", "isikukood", "Tilinro", "IBAN",
        "account_number", "Номер паспорта", "Kela-numero", "Potilasnumero", "Oppijanumero",
    ),
    "births": (
        "DOB", "date_of_birth", "birthDate", "Birthday", "Syntymäaika", "Syntymäpäivä", "syntymapvm", "Födelsedatum",
        "Дата рождения", "تاريخ الميلاد", "Geburtsdatum", "fecha_nacimiento",
    ),
    "places and devices": (
        "gps_latitude", "_gps_longitude", "GPS", "location_latitude", "LocationLongitude", "IPAddress", "ip", "IP-osoite",
        "deviceid", "device_id", "imei", "subscriberid", "simserial", "coordinates", "Koordinaatit", "photo", "Valokuva",
        "license_plate", "Rekisterinumero",
    ),
    "free text": (
        "Kuvaile tilannettasi", "Vapaamuotoinen kuvaus", "Other (please specify)", "Muu, mikä?", "Comments",
        "Huomautukset", "Lisätiedot", "free_text", "Kommentit", "Anteckningar", "Describe your situation", "notes",
    ),
}  # fmt: skip
SPECIAL_HEADERS = (
    "Uskonto", "Religion", "religious_belief", "Etninen tausta", "Ethnicity", "ethnic_origin", "Kansallinen alkuperä",
    "HIV", "hiv_status", "Kidutus", "Torture survivor", "Kidutuksen uhri", "Väkivalta", "Lähisuhdeväkivalta", "Våld",
    "domestic_violence", "gbv_survivor", "Seksuaalinen suuntautuminen", "sexual_orientation", "LGBTQ", "Rikostausta",
    "criminal_record", "Brottsregister", "Poliittinen mielipide", "political_opinion", "Ammattiliiton jäsenyys",
    "trade union member", "Diagnoosi", "disability", "Vammaisuus", "mental_health", "Mielenterveys", "Raskaana",
    "pregnant", "Sukupuoli-identiteetti", "clan", "Heimo", "Päihteet",
)  # fmt: skip
"""Art. 9 and 10 of the GDPR, as columns are headed."""
HARMLESS_HEADERS = (
    "Kunta", "kotikunta", "Ikä", "age_years", "Sukupuoli", "Äidinkieli", "Asiointikieli", "Suomen kielen taso",
    "Koulutustaso", "Ammatti", "Työkokemus vuosina", "Ryhmä", "Kurssin taso", "Palvelun nimi", "Järjestön nimi",
    "Oppilaitoksen nimi", "course_name", "service_name", "organisation name", "Kunnan nimi", "municipality_name",
    "Name of the municipality", "language_name", "Päivämäärä", "Käyntipäivä", "Maahantulovuosi", "Lupatyyppi",
    "Tulovuosi", "Viikko", "Tila", "status", "Yhteydenottotapa", "contact method", "Q1", "Q12_1", "start", "end",
    "today", "Kanava", "Tyytyväisyys", "Satisfaction", "Asumismuoto", "Housing type", "Lasten lukumäärä",
    "Perheen koko", "household_size", "email reminder sent (yes/no)", "Tulkin tarve", "needs interpreter",
    "Osallistunut kurssille", "completed_by_form", "Ammattinimike", "Job title", "Country of birth", "Syntymämaa",
    "Kansalaisuus", "Tavoite", "goals", "Puhuu suomea", "mobility", "Telelääketiede", "ipad käytössä", "shipping",
    "Nimikkeistö", "Poikkeama", "Muutos", "tieto", "Aloituspäivä",
)  # fmt: skip
HARMLESS_CELLS: dict[str, tuple[str, ...]] = {
    "machine dates": (
        "Mon Sep 08 2025 13:58:23 GMT-0500 (Central Daylight Time)", "2026-11-30T10:58:43.120Z",
        "2026-11-30T10:58:43+02:00", "11/30/2026 10:58:43", "30.11.2026 klo 10.58", "2026/11/30 10:58:43 AM EET",
        "20261130", "2026-11", "vk 48/2026", "1.1.2025-31.12.2026", "Tue, 12 Aug 2025 08:15:00 +0300", "45292.5",
    ),
    "codes": (
        "A2.1", "B1.2+", "ISCED 3", "091, 092, 049", "FI-18", "K2 (Kotoutumislaki 681/2023)", "ESR+ S30123", "TE2-3",
        "AUC 12", "v1.2.3", "1.0.0", "Q3-2026", "2A / 2B", "R-12", "LL-5", "H-12 B", "OPS 2022", "YKI 3", "XII", "SFI-C",
        "luokka 7B", "ryhmä 4A", "kurssi 12B", "S2-101", "sali A101", "A-B 12",
    ),
    "amounts": (
        "1 234,56 €", "12 500 eur/kk", "1.234.567", "37,5 h", "100 %", "3-4", "0.75", "-12,5", "2 x 45 min", "12/36",
        "8-16", "klo 8.00–15.30", "2 000 000", "1:2", "10 000-15 000", "60.5", "25,4",
    ),
    "answers": (
        "Kyllä, molemmat", "Yes, but not now", "Ei tiedossa", "Don't know", "työkokeilu alkaa 1.2.2027", "alle 18 v",
        "lapset 2 ja 5 v", "suomi, arabia ja englanti", "at work", "meet at the library", "odottaa päätöstä 3 kk",
        "born abroad", "syntynyt Suomessa", "synnyttänyt", "Kela maksaa", "Instagramin kautta", "Facebook-ryhmä",
        "kuuli WhatsApp-ryhmästä", "via Facebook", "nettisivu", "www.infofinland.fi", "Moottoripyöräkortti A",
    ),
}  # fmt: skip
"""Cells that look a little like an identifier."""
OPTIONS: dict[str, tuple[str, ...]] = {
    "Likert": (
        "Strongly Agree", "Somewhat Agree", "Neither Agree", "Somewhat Disagree", "Strongly Disagree", "Very Often",
        "Not Applicable", "Rather Not",
    ),
    "Likert, fi": ("Täysin Samaa", "Jokseenkin Samaa", "Jokseenkin Eri", "Täysin Eri", "En Tiedä", "Ei Tiedossa", "Hyvin Usein"),
    "employment": (
        "Full Time", "Part Time", "Fixed Term", "Zero Hours", "Self Employed", "Not Employed", "Parental Leave",
        "Unpaid Work", "Wage Subsidy",
    ),
    "education": (
        "Primary School", "High School", "Vocational Degree", "Bachelor Degree", "Master Degree", "No Education",
        "Upper Secondary", "Doctoral Degree", "Open University",
    ),
    "schools": (
        "Omnia Espoo", "Stadin Ammattiopisto", "Helsingin Yliopisto", "Laurea Tikkurila", "Careeria Porvoo", "Axxell Karis",
        "Luksia Lohja", "Tredu Tampere", "Keuda Kerava", "Varia Vantaa", "Arffman Oulu", "Amiedu Helsinki",
    ),
    "organisations": (
        "Punainen Risti", "Pelastakaa Lapset", "Startup Refugees", "Moniheli Ry", "Monika Naiset", "Suomen Pakolaisapu",
        "Luetaan Yhdessä", "Kansalaisareena Ry", "Hope Ry", "Marttaliitto Ry", "Caisa Helsinki", "Nicehearts Ry",
    ),
    "districts": (
        "Itä Pasila", "Länsi Pasila", "Etelä Haaga", "Pohjois Tapiola", "Itä Keskus", "Vanha Vantaa", "Uusi Paavola",
        "Ala Tikkurila", "Kannel Mäki", "Iso Omena", "Suuri Mäki",
    ),
    "referral": (
        "Social Worker", "Job Coach", "Health Nurse", "Reception Centre", "Other Client", "Own Initiative", "City Library",
        "Family Centre", "Employment Services", "Integration Services",
    ),
    "family": ("Single Parent", "Married Couple", "Lives Alone", "Large Family", "Two Children", "No Children", "Foster Home"),
    "residence": (
        "Permanent Permit", "Temporary Permit", "Continuous Permit", "Family Ties", "International Protection",
        "Student Permit", "Work Permit", "Right Pending", "Temporary Protection", "Subsidiary Protection",
    ),
    "housing": ("Rental Flat", "Own House", "Student Housing", "Shared Flat", "Emergency Housing", "Supported Housing", "No Home"),
    "transport": ("Local Train", "City Bus", "Own Car", "Bicycle Path", "Metro Line", "On Foot", "Shared Ride", "Night Bus"),
    "courses": (
        "Suomi Alkeet", "Suomi Jatko", "Finnish Basics", "Digital Skills", "Job Search", "Work Life", "Cooking Club",
        "Reading Circle", "Swedish Beginners", "Civic Orientation", "Driving Theory",
    ),
    "weekdays, fi": ("Maanantai Aamu", "Tiistai Ilta", "Keskiviikko Aamu", "Torstai Ilta", "Perjantai Aamu", "Lauantai Päivä"),
    "areas": ("North Karelia", "South Savo", "Central Finland", "Kanta Häme", "Päijät Häme", "South Ostrobothnia", "East Uusimaa"),
    "tools": ("Microsoft Forms", "Google Forms", "Paper Form", "Phone Call", "Video Meeting", "Walk In", "Email Request"),
    "small letters": (
        "etsii työtä", "haluaa opiskella", "käy kurssia", "odottaa vastausta", "ei vastausta", "ohjattu eteenpäin",
        "työ loppui", "uusi alku", "perhe muuttaa", "hakee asuntoa",
    ),
    "trades": ("Line Cook", "Bus Driver", "Care Worker", "Truck Driver", "Web Developer", "Data Analyst", "Practical Nurse", "Shop Assistant"),
    "months": ("Tammikuu 2026", "Helmikuu 2026", "March 2026", "April 2026", "Maj 2026", "Juni 2026", "Heinäkuu 2026"),
    "cefr": ("A1.1", "A1.2", "A1.3", "A2.1", "A2.2", "B1.1", "B1.2"),
    "courts": ("Helsinki Ita", "Espoo Keskus", "Vantaa Länsi", "Turku Keskusta", "Tampere Etelä", "Oulu Pohjoinen"),
}  # fmt: skip
"""Answers that a form lets its respondents choose from, in the capitals that form tools give them."""
REMARKS = (
    "{first} soittaa maanantaina", "tapaaminen {first} {last} kanssa", "puoliso {first} {last}", "Soita {first}lle",
    "ask {first} {last} about the flat", "{first} needs a doctor", "tulkki {first} {last}", "lapset {first} ja Ali",
    "äiti on {first} {last}", "Ms {last} called", "rva {last} tulee mukaan", "{first} {last} / ohjaaja", "asiakas: {first} {last}",
    "yhteys {first} {last}", "{first}, {last} hakee työtä", "veli {first} Helsingissä",
)  # fmt: skip
